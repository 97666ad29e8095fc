"""The words of a call: what a script may say of somebody, objections, and a call that is only rehearsed."""
