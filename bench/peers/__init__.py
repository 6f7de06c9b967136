"""The standard timeline by other programs. What they show is as near to ours as their own means allow; each says where it does less."""
