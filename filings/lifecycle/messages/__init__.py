"""消息: what users are notified of, written and mailed by the background worker, never by a request.

待办 remains the list of what is to be done; a message is the occasion. Other packages call
`enqueue.py`, and `departments.py` for many departments at once.
"""
