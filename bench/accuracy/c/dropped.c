/* Names in the arguments of a macro that drops them, as `assert` does without checks: clang never reads them, so their meaning is not known. */

#include "uses.h"

#include <stdint.h>
#include <stdlib.h>

#define SET_SIZE (1u << 22)

/* Places of the unit where clang has a cursor; a slot of another unit is free. */
static struct place {
    CXFile file;
    unsigned offset;
    int unit_number;
} *places;

static struct place *slot_of(CXFile file, unsigned offset) {
    if (places == NULL) places = calloc(SET_SIZE, sizeof *places);
    uint64_t hash = ((uint64_t)(uintptr_t)file ^ offset) * 11400714819323198485u;
    for (uint64_t step = 0; step < SET_SIZE; step++) {
        struct place *slot = &places[((hash >> 40) + step) & (SET_SIZE - 1)];
        if (slot->unit_number != unit_number || (slot->file == file && slot->offset == offset)) return slot;
    }
    return NULL;
}

void remember_place(CXFile file, unsigned offset) {
    struct place *slot = slot_of(file, offset);
    if (slot != NULL) *slot = (struct place){.file = file, .offset = offset, .unit_number = unit_number};
}

/* A full set says that everything is known. */
static int is_known_place(CXFile file, unsigned offset) {
    const struct place *slot = slot_of(file, offset);
    return slot == NULL || slot->unit_number == unit_number;
}

enum CXChildVisitResult visit_expansion(CXCursor cursor, CXCursor parent, CXClientData data) {
    CXFile file;
    unsigned line, offset;
    (void)parent;
    (void)data;
    if (clang_getCursorKind(cursor) != CXCursor_MacroExpansion) return CXChildVisit_Continue;
    place_of(cursor, &file, &line, &offset);
    remember_place(file, offset);
    return CXChildVisit_Continue;
}

enum CXChildVisitResult visit_dropped(CXCursor cursor, CXCursor parent, CXClientData data) {
    CXFile file;
    unsigned line, offset, count;
    CXToken *tokens;
    (void)parent;
    (void)data;
    if (clang_getCursorKind(cursor) != CXCursor_MacroExpansion) return CXChildVisit_Continue;
    place_of(cursor, &file, &line, &offset);
    const char *path = path_of(file);
    if (path == NULL) return CXChildVisit_Continue;
    clang_tokenize(unit, clang_getCursorExtent(cursor), &tokens, &count);
    for (unsigned at = 1; at < count; at++) {
        if (clang_getTokenKind(tokens[at]) != CXToken_Identifier) continue;
        clang_getFileLocation(clang_getTokenLocation(unit, tokens[at]), &file, &line, NULL, &offset);
        if (is_known_place(file, offset)) continue;
        CXString text = clang_getTokenSpelling(unit, tokens[at]);
        print_unknown(path, holder_at(file, line), clang_getCString(text));
        clang_disposeString(text);
    }
    clang_disposeTokens(unit, tokens, count);
    return CXChildVisit_Continue;
}
