/* What the names in a file mean. */

#include "uses.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char *kind_of(CXCursor use, CXCursor target, enum CXCursorKind parent) {
    if (is_type(clang_getCursorKind(target))) return parent == CXCursor_CXXBaseSpecifier ? "extends" : "uses-type";
    int is_call = parent == CXCursor_CallExpr && is_function(clang_getCursorKind(target));
    return is_call || clang_getCursorKind(use) == CXCursor_CallExpr ? "calls" : "references";
}

void print_use(const char *file, CXCursor use, CXCursor target, const struct visit *visit, int is_allowed_only) {
    char name[NAME_SIZE], last[NAME_SIZE], line[LINE_SIZE];
    if (!is_symbol(target)) return;
    CXCursor definition = clang_getCursorDefinition(target);
    int is_defined = !clang_Cursor_isNull(definition) && !clang_isInvalid(clang_getCursorKind(definition));
    CXCursor meant = is_defined ? definition : target;
    CXFile target_file;
    unsigned target_line, offset;
    place_of(meant, &target_file, &target_line, &offset);
    char target_path[PATH_SIZE] = "";
    const char *path = path_of(target_file);
    if (path != NULL) snprintf(target_path, sizeof target_path, "%s", path);
    qualified_name(meant, name);
    plain_name(target, last);
    if (name[0] == 0 || (path == NULL && is_defined)) return;
    enum CXCursorKind kind = clang_getCursorKind(target);
    int is_implied = clang_getCursorKind(use) == CXCursor_CallExpr || kind == CXCursor_Constructor;
    int is_required = !is_implied && !is_allowed_only && visit->is_definition && is_written(use, last);
    CXString usr = clang_getCursorUSR(target);
    snprintf(line, sizeof line, "use\t%s\t%s\t%s\t%s\t%u\t%s\t%s\t%s", file, visit->holder, target_path, name, target_line,
             is_required ? "required" : "allowed", kind_of(use, target, visit->parent),
             is_defined ? "" : clang_getCString(usr));
    clang_disposeString(usr);
    print_line(line);
    /* What a declaration elsewhere announces may be named instead. */
    if (!is_defined) return;
    place_of(target, &target_file, &target_line, &offset);
    path = path_of(target_file);
    if (path == NULL || clang_equalCursors(target, definition)) return;
    snprintf(line, sizeof line, "use\t%s\t%s\t%s\t%s\t%u\tallowed\t%s\t", file, visit->holder, path, name, target_line,
             kind_of(use, target, visit->parent));
    print_line(line);
}

void print_unknown(const char *file, const char *holder, const char *name) {
    char line[LINE_SIZE];
    if (name[0] == 0) return;
    snprintf(line, sizeof line, "unknown\t%s\t%s\t%s", file, holder, name);
    print_line(line);
}

static int is_word(char character) {
    return isalnum((unsigned char)character) || character == '_';
}

/* The last name that is written in an expression, before arguments of a template: `x` of `a->b<c>::x`. */
static void last_name(CXCursor cursor, char *name) {
    CXFile file, end_file;
    unsigned from, to;
    size_t size;
    CXSourceRange range = clang_getCursorExtent(cursor);
    name[0] = 0;
    clang_getFileLocation(clang_getRangeStart(range), &file, NULL, NULL, &from);
    clang_getFileLocation(clang_getRangeEnd(range), &end_file, NULL, NULL, &to);
    const char *text = file == NULL || file != end_file ? NULL : clang_getFileContents(unit, file, &size);
    if (text == NULL || to > size) return;
    int depth = 0;
    while (to > from && !(depth == 0 && is_word(text[to - 1]))) {
        char last = text[--to];
        if (last == '>' && !(to > from && text[to - 1] == '-')) depth++;
        else if (last == '<') depth--;
        else if (depth == 0 && !isspace((unsigned char)last)) return;
    }
    unsigned start = to;
    while (start > from && is_word(text[start - 1])) start--;
    if (to - start < NAME_SIZE) snprintf(name, NAME_SIZE, "%.*s", (int)(to - start), text + start);
}

/* Where clang has a meaning for what is written there. */
static int is_known_at(CXFile file, unsigned offset) {
    CXCursor at = clang_getCursor(unit, clang_getLocationForOffset(unit, file, offset));
    enum CXCursorKind kind = clang_getCursorKind(at);
    CXFile own;
    unsigned line, place;
    if (clang_isInvalid(kind) || !(clang_isReference(kind) || clang_isExpression(kind))) return 0;
    place_of(at, &own, &line, &place);
    return own == file && place == offset && !clang_Cursor_isNull(clang_getCursorReferenced(at));
}

/* What stands behind `::` of a type that depends on parameters: there is no cursor for `value_type` of `list<T>::value_type`. */
static void print_names_inside(const char *path, CXCursor cursor, const struct visit *visit) {
    CXFile file;
    unsigned line, offset;
    size_t size;
    char name[NAME_SIZE];
    place_of(cursor, &file, &line, &offset);
    const char *text = file == NULL ? NULL : clang_getFileContents(unit, file, &size);
    if (text == NULL || offset >= size || !is_word(text[offset])) return;
    size_t at = offset;
    while (at < size && is_word(text[at])) at++;
    for (;;) {
        while (at < size && isspace((unsigned char)text[at])) at++;
        if (at < size && text[at] == '<') {
            int depth = 0;
            for (; at < size && text[at] != ';' && text[at] != '{'; at++) {
                if (text[at] == '<' || text[at] == '(') depth++;
                else if ((text[at] == '>' || text[at] == ')') && --depth == 0) break;
            }
            if (at >= size || depth != 0) return;
            at++;
        }
        while (at < size && isspace((unsigned char)text[at])) at++;
        if (at + 2 >= size || text[at] != ':' || text[at + 1] != ':') return;
        at += 2;
        while (at < size && isspace((unsigned char)text[at])) at++;
        if (at + 9 < size && strncmp(text + at, "template ", 9) == 0) at += 9;
        size_t start = at;
        while (at < size && is_word(text[at])) at++;
        if (at == start || at - start >= NAME_SIZE) return;
        snprintf(name, sizeof name, "%.*s", (int)(at - start), text + start);
        if (!is_known_at(file, (unsigned)start)) print_unknown(path, visit->holder, name);
    }
}

/* Of what depends on a template's parameters the meaning is known when the template is used, if at all. */
void print_reference(const char *file, CXCursor cursor, const struct visit *visit) {
    char name[NAME_SIZE];
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_OverloadedDeclRef) {
        plain_name(cursor, name);
        print_unknown(file, visit->holder, name);
        unsigned count = clang_getNumOverloadedDecls(cursor);
        for (unsigned at = 0; at < count; at++) print_use(file, cursor, clang_getOverloadedDecl(cursor, at), visit, 1);
        return;
    }
    if (kind == CXCursor_TypeRef || kind == CXCursor_TemplateRef) print_names_inside(file, cursor, visit);
    CXCursor target = clang_getCursorReferenced(cursor);
    if (clang_Cursor_isNull(target) || clang_isInvalid(clang_getCursorKind(target))) {
        plain_name(cursor, name);
        if (name[0] == 0) last_name(cursor, name);
        print_unknown(file, visit->holder, name);
        return;
    }
    if (clang_getCursorKind(target) == CXCursor_OverloadedDeclRef) print_reference(file, target, visit);
    else print_use(file, cursor, target, visit, 0);
}
