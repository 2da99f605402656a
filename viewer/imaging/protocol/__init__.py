"""What viewer and worker send each other: messages, handshake, shared memory, limits."""
