/* What the preprocessor does: macros, inclusions, what `#if` leaves out; and what clang has to say against a file. */

#include "uses.h"

#include <stdio.h>
#include <string.h>

/* Identifiers in the body of a macro mean what they mean where it is used. */
static void print_macro(const char *path, CXCursor cursor, const char *name) {
    CXToken *tokens;
    unsigned count;
    clang_tokenize(unit, clang_getCursorExtent(cursor), &tokens, &count);
    for (unsigned at = 1; at < count; at++) {
        if (clang_getTokenKind(tokens[at]) == CXToken_Punctuation || clang_getTokenKind(tokens[at]) == CXToken_Literal) continue;
        CXString text = clang_getTokenSpelling(unit, tokens[at]);
        print_unknown(path, name, clang_getCString(text));
        clang_disposeString(text);
    }
    clang_disposeTokens(unit, tokens, count);
}

enum CXChildVisitResult visit_preprocessing(CXCursor cursor, CXCursor parent, CXClientData data) {
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    CXFile file, other;
    unsigned line, offset, target_line;
    char name[NAME_SIZE], text[LINE_SIZE], path[PATH_SIZE];
    (void)parent;
    (void)data;
    if (!clang_isPreprocessing(kind)) return CXChildVisit_Continue;
    place_of(cursor, &file, &line, &offset);
    const char *known = path_of(file);
    if (known == NULL) return CXChildVisit_Continue;
    snprintf(path, sizeof path, "%s", known);
    if (kind == CXCursor_InclusionDirective) {
        const char *target = path_of(clang_getIncludedFile(cursor));
        if (target == NULL) return CXChildVisit_Continue;
        snprintf(text, sizeof text, "import\t%s\t%s\trequired", path, target);
        print_line(text);
    } else if (kind == CXCursor_MacroDefinition) {
        plain_name(cursor, name);
        print_macro(path, cursor, name);
    } else if (kind == CXCursor_MacroExpansion) {
        CXCursor target = clang_getCursorReferenced(cursor);
        if (clang_Cursor_isNull(target)) return CXChildVisit_Continue;
        place_of(target, &other, &target_line, &offset);
        char target_path[PATH_SIZE];
        const char *found = path_of(other);
        if (found == NULL) return CXChildVisit_Continue;
        snprintf(target_path, sizeof target_path, "%s", found);
        plain_name(target, name);
        const char *how = is_written(cursor, name) ? "required" : "allowed";
        snprintf(text, sizeof text, "use\t%s\t%s\t%s\t%s\t%u\t%s\tcalls\t", path, holder_at(file, line), target_path, name, target_line, how);
        print_line(text);
    }
    return CXChildVisit_Continue;
}

void print_errors(void) {
    unsigned count = clang_getNumDiagnostics(unit);
    for (unsigned at = 0; at < count; at++) {
        CXDiagnostic each = clang_getDiagnostic(unit, at);
        if (clang_getDiagnosticSeverity(each) >= CXDiagnostic_Error) {
            CXFile file;
            char line[LINE_SIZE];
            clang_getFileLocation(clang_getDiagnosticLocation(each), &file, NULL, NULL, NULL);
            CXString text = clang_getDiagnosticSpelling(each);
            const char *path = path_of(file);
            /* What is not constant has its meaning all the same. */
            if (path != NULL && strstr(clang_getCString(text), "not a constant expression") == NULL) {
                snprintf(line, sizeof line, "error\t%s\t%s", path, clang_getCString(text));
                print_line(line);
            }
            clang_disposeString(text);
        }
        clang_disposeDiagnostic(each);
    }
}

/* Without a header that is not there (made by a configure script, of a library) too much has another meaning. */
int lacks_header(void) {
    unsigned count = clang_getNumDiagnostics(unit);
    int lacks = 0;
    for (unsigned at = 0; at < count && !lacks; at++) {
        CXDiagnostic each = clang_getDiagnostic(unit, at);
        CXString text = clang_getDiagnosticSpelling(each);
        lacks = strstr(clang_getCString(text), "file not found") != NULL;
        clang_disposeString(text);
        clang_disposeDiagnostic(each);
    }
    return lacks;
}

static void print_inclusion(CXFile included, CXSourceLocation *stack, unsigned depth, CXClientData data) {
    (void)stack;
    (void)depth;
    (void)data;
    const char *path = path_of(included);
    if (path == NULL) return;
    printf("included\t%d\t%s\n", unit_number, path);
    char line[PATH_SIZE + 64];
    snprintf(line, sizeof line, "judged\t%s", path);
    print_line(line);
}

void print_inclusions(void) {
    clang_getInclusions(unit, print_inclusion, NULL);
}

void print_skipped(void) {
    CXSourceRangeList *ranges = clang_getAllSkippedRanges(unit);
    for (unsigned at = 0; ranges != NULL && at < ranges->count; at++) {
        CXFile file;
        unsigned first, last;
        clang_getFileLocation(clang_getRangeStart(ranges->ranges[at]), &file, &first, NULL, NULL);
        clang_getFileLocation(clang_getRangeEnd(ranges->ranges[at]), NULL, &last, NULL, NULL);
        const char *path = path_of(file);
        if (path != NULL) printf("skipped\t%d\t%s\t%u\t%u\n", unit_number, path, first, last);
    }
    if (ranges != NULL) clang_disposeSourceRangeList(ranges);
}
