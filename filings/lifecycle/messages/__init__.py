"""消息: what users are notified of, written and mailed by the background worker, never by a request.

待办 remains the list of what is to be done; a message is the occasion. `enqueue.py` is what other packages call.
"""
