"""*Samtale*: scoring the eleven rows, and the panel when it is finished."""
