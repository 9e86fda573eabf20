"""The workflow of a filing: actions and transitions, issued copies, waivers, events, notifications."""
