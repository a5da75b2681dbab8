/* How what clang knows is called: qualified by what is around it, as it is written in the file. */

#include "uses.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

int is_function(enum CXCursorKind kind) {
    return kind == CXCursor_FunctionDecl || kind == CXCursor_CXXMethod || kind == CXCursor_Constructor ||
           kind == CXCursor_Destructor || kind == CXCursor_ConversionFunction || kind == CXCursor_FunctionTemplate;
}

int is_type(enum CXCursorKind kind) {
    return kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl || kind == CXCursor_ClassDecl ||
           kind == CXCursor_EnumDecl || kind == CXCursor_TypedefDecl || kind == CXCursor_TypeAliasDecl ||
           kind == CXCursor_ClassTemplate || kind == CXCursor_ClassTemplatePartialSpecialization ||
           kind == CXCursor_TypeAliasTemplateDecl;
}

/* Declared at the top of a file, in a namespace or in a type; not in a function. */
static int is_global(CXCursor cursor) {
    for (CXCursor at = clang_getCursorSemanticParent(cursor);; at = clang_getCursorSemanticParent(at)) {
        enum CXCursorKind kind = clang_getCursorKind(at);
        if (clang_Cursor_isNull(at) || kind == CXCursor_TranslationUnit || clang_isInvalid(kind)) return 1;
        if (is_function(kind)) return 0;
    }
}

int is_symbol(CXCursor cursor) {
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_FieldDecl || kind == CXCursor_EnumConstantDecl) return is_global(cursor);
    return (is_function(kind) || is_type(kind) || kind == CXCursor_VarDecl || kind == CXCursor_ConceptDecl) && is_global(cursor);
}

void place_of(CXCursor cursor, CXFile *file, unsigned *line, unsigned *offset) {
    clang_getFileLocation(clang_getCursorLocation(cursor), file, line, NULL, offset);
}

/* Whether the name stands in the file where the cursor is, and not in a macro that is used there. */
int is_written(CXCursor cursor, const char *name) {
    CXFile file;
    unsigned line, offset;
    size_t size, length = strlen(name);
    place_of(cursor, &file, &line, &offset);
    const char *text = file == NULL ? NULL : clang_getFileContents(unit, file, &size);
    if (text == NULL || offset + length > size) return 0;
    if (name[0] == '~') return text[offset] == '~';
    size_t word = strncmp(name, "operator", 8) == 0 && !isalnum((unsigned char)name[8]) && name[8] != '_' ? 8 : length;
    return strncmp(text + offset, name, word) == 0;
}

/* A conversion is called by the type that is written behind `operator`: clang renames the parameters of templates. */
static int conversion_name(CXCursor cursor, char *name) {
    CXFile file;
    unsigned line, offset;
    size_t size, length = 0;
    place_of(cursor, &file, &line, &offset);
    const char *text = file == NULL ? NULL : clang_getFileContents(unit, file, &size);
    if (text == NULL || offset + 8 > size || strncmp(text + offset, "operator", 8) != 0) return 0;
    int depth = 0;
    for (size_t at = offset; at < size && length + 1 < NAME_SIZE; at++) {
        if (text[at] == '<') depth++;
        if (text[at] == '>') depth--;
        if (text[at] == '(' && depth == 0) break;
        if (!isspace((unsigned char)text[at])) name[length++] = text[at];
    }
    name[length] = 0;
    return 1;
}

/* The last part of a name; empty for what has none. A constructor is called like its type, also where it is a template. */
void plain_name(CXCursor cursor, char *name) {
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    enum CXCursorKind templated = kind == CXCursor_FunctionTemplate ? clang_getTemplateCursorKind(cursor) : kind;
    if (templated == CXCursor_ConversionFunction && conversion_name(cursor, name)) return;
    CXString spelling = clang_getCursorSpelling(cursor);
    const char *text = clang_getCString(spelling);
    int is_anonymous = text == NULL || strpbrk(text, "( ") != NULL;
    int is_made = templated == CXCursor_Constructor || templated == CXCursor_Destructor;
    if (text != NULL && strncmp(text, "operator", 8) == 0) is_anonymous = 0;
    if (text != NULL && is_made) is_anonymous = 0;
    size_t length = 0;
    for (const char *at = is_anonymous ? "" : text; *at && length + 1 < NAME_SIZE; at++) if (!isspace((unsigned char)*at)) name[length++] = *at;
    name[length] = 0;
    char *end = is_made ? strchr(name, '<') : NULL;
    if (end != NULL) *end = 0;
    clang_disposeString(spelling);
}

/* Put the namespaces that are written around a place before a name. */
static void qualify(CXCursor cursor, char *name) {
    char part[NAME_SIZE], joined[2 * NAME_SIZE + 2];
    for (CXCursor at = clang_getCursorLexicalParent(cursor); clang_getCursorKind(at) == CXCursor_Namespace; at = clang_getCursorLexicalParent(at)) {
        plain_name(at, part);
        if (part[0] == 0 || !is_written(at, part)) continue;
        snprintf(joined, sizeof joined, "%s.%s", part, name);
        snprintf(name, NAME_SIZE, "%s", joined);
    }
}

/* A function whose name a macro makes is called by what is written: the macro with its arguments, without spaces. */
static int written_name(CXCursor cursor, char *name) {
    CXFile file;
    unsigned line, offset;
    size_t size, length = 0;
    int depth = 0;
    char written[NAME_SIZE];
    place_of(cursor, &file, &line, &offset);
    const char *text = file == NULL ? NULL : clang_getFileContents(unit, file, &size);
    if (text == NULL || name[0] == 0 || offset >= size || is_written(cursor, name)) return 0;
    for (size_t at = offset; at < size && length + 1 < NAME_SIZE; at++) {
        if (depth == 0 && !isalnum((unsigned char)text[at]) && text[at] != '_' && text[at] != '(' && text[at] != ' ') return 0;
        if (text[at] == '(') depth++;
        if (!isspace((unsigned char)text[at])) written[length++] = text[at];
        if (text[at] == ')' && --depth == 0) break;
    }
    written[length] = 0;
    if (depth != 0 || length == 0) return 0;
    snprintf(name, NAME_SIZE, "%s", written);
    return 1;
}

/* What something is in. A namespace is in many places: of those the one that stands around it. */
static CXCursor around(CXCursor cursor) {
    CXCursor meant = clang_getCursorSemanticParent(cursor), written = clang_getCursorLexicalParent(cursor);
    /* A friend that is defined in a class. */
    if (clang_isCursorDefinition(cursor) && is_type(clang_getCursorKind(written)) && clang_getCursorKind(meant) == CXCursor_Namespace) return written;
    if (clang_getCursorKind(written) != CXCursor_Namespace) return meant;
    for (CXCursor at = meant; clang_getCursorKind(at) == CXCursor_Namespace; at = clang_getCursorSemanticParent(at)) {
        if (clang_equalCursors(clang_getCanonicalCursor(at), clang_getCanonicalCursor(written))) return written;
        /* A specialization is in the inline namespace of its template without being written there. */
        if (!clang_Cursor_isInlineNamespace(at)) break;
    }
    return meant;
}

void qualified_name(CXCursor cursor, char *name) {
    char part[NAME_SIZE], joined[2 * NAME_SIZE + 2];
    plain_name(cursor, name);
    enum CXCursorKind own = clang_getCursorKind(cursor), outer = clang_getCursorKind(clang_getCursorLexicalParent(cursor));
    int is_outside = outer == CXCursor_TranslationUnit || outer == CXCursor_Namespace;
    if (is_outside && (is_function(own) || is_type(own)) && clang_isCursorDefinition(cursor) && written_name(cursor, name)) {
        qualify(cursor, name);
        return;
    }
    if (own == CXCursor_MacroDefinition) return;
    for (CXCursor at = around(cursor);; at = around(at)) {
        enum CXCursorKind kind = clang_getCursorKind(at);
        if (clang_Cursor_isNull(at) || kind == CXCursor_TranslationUnit || clang_isInvalid(kind)) return;
        if (kind == CXCursor_LinkageSpec) continue;
        plain_name(at, part);
        if (part[0] == 0 || (kind == CXCursor_Namespace && !is_written(at, part))) continue;
        snprintf(joined, sizeof joined, "%s%s%s", part, name[0] ? "." : "", name);
        snprintf(name, NAME_SIZE, "%s", joined);
    }
}
