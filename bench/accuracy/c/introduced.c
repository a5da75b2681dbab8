/* Types that `using a::b;` brings: clang has no cursor where such a name is used later, so every such word in the file may be one. */

#include "uses.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define MAX_INTRODUCED 4096

static struct introduced {
    CXFile file;
    CXCursor type;
    unsigned offset;
} known[MAX_INTRODUCED];
static unsigned known_count;

static enum CXChildVisitResult visit_named(CXCursor cursor, CXCursor parent, CXClientData data) {
    struct introduced *at = data;
    (void)parent;
    if (clang_getCursorKind(cursor) != CXCursor_OverloadedDeclRef && clang_getCursorKind(cursor) != CXCursor_TypeRef) return CXChildVisit_Continue;
    int is_one = clang_getCursorKind(cursor) == CXCursor_TypeRef;
    unsigned count = is_one ? 1 : clang_getNumOverloadedDecls(cursor);
    for (unsigned index = 0; index < count && known_count < MAX_INTRODUCED; index++) {
        at->type = is_one ? clang_getCursorReferenced(cursor) : clang_getOverloadedDecl(cursor, index);
        if (is_type(clang_getCursorKind(at->type))) known[known_count++] = *at;
    }
    return CXChildVisit_Continue;
}

void remember_using(CXCursor cursor) {
    struct introduced at;
    unsigned line;
    place_of(cursor, &at.file, &line, &at.offset);
    clang_visitChildren(cursor, visit_named, &at);
}

static int is_word(char character) {
    return isalnum((unsigned char)character) || character == '_';
}

void print_introduced(void) {
    for (unsigned index = 0; index < known_count; index++) {
        const struct introduced *each = &known[index];
        char name[NAME_SIZE], path[PATH_SIZE];
        size_t size;
        const char *text = clang_getFileContents(unit, each->file, &size), *own = path_of(each->file);
        plain_name(each->type, name);
        if (text == NULL || own == NULL || name[0] == 0) continue;
        snprintf(path, sizeof path, "%s", own);
        size_t length = strlen(name);
        for (size_t at = each->offset; at + length < size; at++) {
            if (!is_word(text[at]) || (at > 0 && is_word(text[at - 1])) || strncmp(text + at, name, length) != 0 || is_word(text[at + length])) continue;
            unsigned line;
            clang_getFileLocation(clang_getLocationForOffset(unit, each->file, (unsigned)at), NULL, &line, NULL, NULL);
            struct visit place = {.parent = CXCursor_FirstInvalid, .is_definition = 1};
            snprintf(place.holder, sizeof place.holder, "%s", holder_at(each->file, line));
            print_use(path, each->type, each->type, &place, 1);
        }
    }
    known_count = 0;
}
