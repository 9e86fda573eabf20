"""完整性检查: verify all event chains, versions, issued copies with their files and signatures, and attachments."""
