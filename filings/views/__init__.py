"""Pages and addresses: door, form, action, answer. One activity a file, its template under the same name."""
