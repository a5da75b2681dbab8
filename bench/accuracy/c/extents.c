/* Which definition each line of a file is in, to find what a macro is used in. */

#include "uses.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct extent {
    unsigned first, last;
    char *name;
};

/* The innermost extent of each line, by its number plus one; of one file of the unit. */
struct lines {
    CXFile file;
    size_t *inner;
    unsigned room;
};

static struct extent *extents;
static size_t extent_count, extent_room;
static struct lines *files;
static size_t file_count, file_room;

void forget_extents(void) {
    for (size_t at = 0; at < extent_count; at++) free(extents[at].name);
    for (size_t at = 0; at < file_count; at++) free(files[at].inner);
    extent_count = 0;
    file_count = 0;
}

static struct lines *lines_of(CXFile file) {
    static size_t last;
    if (last < file_count && files[last].file == file) return &files[last];
    for (last = 0; last < file_count; last++) if (files[last].file == file) return &files[last];
    if (file_count == file_room) files = realloc(files, (file_room = file_room ? file_room * 2 : 256) * sizeof *files);
    files[file_count] = (struct lines){.file = file};
    return &files[file_count++];
}

void remember_extent(const char *path, CXFile file, CXCursor cursor, const char *name) {
    CXSourceRange range = clang_getCursorExtent(cursor);
    unsigned first, last;
    char line[NAME_SIZE + PATH_SIZE + 64];
    clang_getFileLocation(clang_getRangeStart(range), NULL, &first, NULL, NULL);
    clang_getFileLocation(clang_getRangeEnd(range), NULL, &last, NULL, NULL);
    snprintf(line, sizeof line, "extent\t%s\t%u\t%u\t%s", path, first, last, name);
    print_line(line);
    if (last < first) return;
    if (extent_count == extent_room) extents = realloc(extents, (extent_room = extent_room ? extent_room * 2 : 4096) * sizeof *extents);
    extents[extent_count++] = (struct extent){.first = first, .last = last, .name = strdup(name)};
    struct lines *own = lines_of(file);
    if (last >= own->room) {
        unsigned room = last + 1024;
        own->inner = realloc(own->inner, room * sizeof *own->inner);
        memset(own->inner + own->room, 0, (room - own->room) * sizeof *own->inner);
        own->room = room;
    }
    for (unsigned at = first; at <= last; at++) {
        const struct extent *before = own->inner[at] == 0 ? NULL : &extents[own->inner[at] - 1];
        if (before == NULL || last - first <= before->last - before->first) own->inner[at] = extent_count;
    }
}

/* The innermost definition or namespace that a line is in. */
const char *holder_at(CXFile file, unsigned line) {
    const struct lines *own = lines_of(file);
    return line < own->room && own->inner[line] != 0 ? extents[own->inner[line] - 1].name : "";
}
