-- What an admin may change of the organisation: the window for taking back and the names of files came without the right to set them.
GRANT UPDATE ("undo_seconds", "file_name_template") ON "organisations" TO "casebench_tenant";
