/* The lines that are read and printed, and the files that they are about: those of the repository, by absolute paths. */

#include "uses.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SET_SIZE (1u << 23)

static uint64_t *printed_lines;
static char **listed;
static size_t listed_count;

char **read_lines(const char *path, size_t *count) {
    FILE *file = fopen(path, "r");
    char **lines = NULL, *line = NULL;
    size_t room = 0, size = 0;
    *count = 0;
    if (file == NULL) exit(1);
    while (getline(&line, &size, file) > 0) {
        line[strcspn(line, "\n")] = 0;
        if (*count == room) lines = realloc(lines, (room = room ? room * 2 : 1024) * sizeof *lines);
        lines[(*count)++] = strdup(line);
    }
    fclose(file);
    return lines;
}

static int compare_texts(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void list_files(const char *path) {
    listed = read_lines(path, &listed_count);
    qsort(listed, listed_count, sizeof *listed, compare_texts);
}

/* The path of a file of the repository, or NULL; remembered for the last file. */
const char *path_of(CXFile file) {
    static CXFile last;
    static int last_unit = -1;
    static char path[PATH_SIZE];
    static int is_known;
    if (file == NULL) return NULL;
    if (file == last && unit_number == last_unit) return is_known ? path : NULL;
    CXString name = clang_File_tryGetRealPathName(file);
    const char *text = clang_getCString(name);
    if (text == NULL || *text == 0) {
        clang_disposeString(name);
        name = clang_getFileName(file);
        text = clang_getCString(name);
    }
    snprintf(path, sizeof path, "%s", text == NULL ? "" : text);
    clang_disposeString(name);
    last = file;
    last_unit = unit_number;
    const char *key = path;
    is_known = bsearch(&key, listed, listed_count, sizeof *listed, compare_texts) != NULL;
    return is_known ? path : NULL;
}

/* Print a line unless it was printed before: headers are met in many units. */
void print_line(const char *line) {
    if (printed_lines == NULL) printed_lines = calloc(SET_SIZE, sizeof *printed_lines);
    uint64_t hash = 1469598103934665603u;
    for (const char *at = line; *at; at++) hash = (hash ^ (unsigned char)*at) * 1099511628211u;
    if (hash == 0) hash = 1;
    size_t place = hash & (SET_SIZE - 1);
    while (printed_lines[place] != 0) {
        if (printed_lines[place] == hash) return;
        place = (place + 1) & (SET_SIZE - 1);
    }
    printed_lines[place] = hash;
    puts(line);
}
