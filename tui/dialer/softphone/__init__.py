"""The softphone: calls over a SIP account through baresip, and what its line says."""
