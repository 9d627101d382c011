"""Before a vault is open: first start, the door, passphrase and recovery key."""
