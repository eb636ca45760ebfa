"""What a trainer writes with: copying a scenario, beginning a new one, taking in a chat, the organisation's words."""
