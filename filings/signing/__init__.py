"""Electronic signatures of issued copies: keys, PAdES signatures, and their verification. See docs/signing.md."""
