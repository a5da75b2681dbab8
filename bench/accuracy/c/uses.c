/*
 * Prints what clang makes of C and C++ files, in the lines that `printed.ts` reads and some more, for what only all
 * programs of a repository together tell. Arguments: a file that lists the repository's files, an absolute path a line;
 * a file that lists what to compile, a line each: the path, then the options, parted by tabs.
 *
 *   symbol    usr file name line               where something is defined
 *   use       … usr                            with the symbol that is meant, when it is only declared here
 *   included  unit file                        unit: the number of what was compiled
 *   skipped   unit file firstLine lastLine     left out by #if
 *   extent    file firstLine lastLine name     a definition at the top of a file
 *   lacking   unit                             left out: it includes a file that is not there
 *
 * Names are qualified by the types and namespaces around them, of the latter only those that are written as such. A use
 * is required where its name is written in the file, and implied (allowed) where it comes out of a macro.
 */

#include <clang-c/Index.h>
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_SIZE 1024
#define SET_SIZE (1u << 23)

static uint64_t *printed_lines;
static char **listed;
static size_t listed_count;
static CXTranslationUnit unit;
static int unit_number;

/* What is declared at the top of the files of one unit, to find what a macro is used in. */
struct extent {
    CXFile file;
    unsigned first, last;
    char name[256];
};
static struct extent *extents;
static size_t extent_count, extent_room;

struct visit {
    char holder[NAME_SIZE];
    enum CXCursorKind parent;
    int is_definition;
};

static int compare_texts(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int is_listed(const char *path) {
    return bsearch(&path, listed, listed_count, sizeof *listed, compare_texts) != NULL;
}

/* Print a line unless it was printed before: headers are met in many units. */
static void print_line(const char *line) {
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

/* The path of a file of the repository, or NULL; remembered for the last file. */
static const char *path_of(CXFile file) {
    static CXFile last;
    static int last_unit = -1;
    static char path[4096];
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
    is_known = is_listed(path);
    return is_known ? path : NULL;
}

static void place_of(CXCursor cursor, CXFile *file, unsigned *line, unsigned *offset) {
    clang_getFileLocation(clang_getCursorLocation(cursor), file, line, NULL, offset);
}

/* Whether the name stands in the file where the cursor is, and not in a macro that is used there. */
static int is_written(CXCursor cursor, const char *name) {
    CXFile file;
    unsigned line, offset;
    size_t size, length = strlen(name);
    place_of(cursor, &file, &line, &offset);
    const char *text = file == NULL ? NULL : clang_getFileContents(unit, file, &size);
    return text != NULL && offset + length <= size && strncmp(text + offset, name, length) == 0;
}

/* The last part of a name; empty for what has none. */
static void plain_name(CXCursor cursor, char *name) {
    CXString spelling = clang_getCursorSpelling(cursor);
    const char *text = clang_getCString(spelling);
    int is_anonymous = text == NULL || strpbrk(text, "( ") != NULL;
    if (text != NULL && strncmp(text, "operator", 8) == 0) is_anonymous = 0;
    size_t length = 0;
    for (const char *at = is_anonymous ? "" : text; *at && length + 1 < NAME_SIZE; at++) if (!isspace((unsigned char)*at)) name[length++] = *at;
    name[length] = 0;
    if (clang_getCursorKind(cursor) == CXCursor_Constructor || clang_getCursorKind(cursor) == CXCursor_Destructor) {
        char *end = strchr(name, '<');
        if (end != NULL) *end = 0;
    }
    clang_disposeString(spelling);
}

static int is_function(enum CXCursorKind kind);
static int is_type(enum CXCursorKind kind);
static void plain_name(CXCursor cursor, char *name);

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

static void qualified_name(CXCursor cursor, char *name) {
    char part[NAME_SIZE], joined[2 * NAME_SIZE + 2];
    plain_name(cursor, name);
    enum CXCursorKind around = clang_getCursorKind(clang_getCursorLexicalParent(cursor));
    int is_outside = around == CXCursor_TranslationUnit || around == CXCursor_Namespace;
    if (is_outside && (is_function(clang_getCursorKind(cursor)) || is_type(clang_getCursorKind(cursor))) && clang_isCursorDefinition(cursor) && written_name(cursor, name)) {
        qualify(cursor, name);
        return;
    }
    if (clang_getCursorKind(cursor) == CXCursor_MacroDefinition) return;
    for (CXCursor at = clang_getCursorSemanticParent(cursor);; at = clang_getCursorSemanticParent(at)) {
        enum CXCursorKind kind = clang_getCursorKind(at);
        if (clang_Cursor_isNull(at) || kind == CXCursor_TranslationUnit || clang_isInvalid(kind)) return;
        if (kind == CXCursor_LinkageSpec) continue;
        plain_name(at, part);
        if (part[0] == 0 || (kind == CXCursor_Namespace && !is_written(at, part))) continue;
        snprintf(joined, sizeof joined, "%s%s%s", part, name[0] ? "." : "", name);
        snprintf(name, NAME_SIZE, "%s", joined);
    }
}

static int is_function(enum CXCursorKind kind) {
    return kind == CXCursor_FunctionDecl || kind == CXCursor_CXXMethod || kind == CXCursor_Constructor ||
           kind == CXCursor_Destructor || kind == CXCursor_ConversionFunction || kind == CXCursor_FunctionTemplate;
}

static int is_type(enum CXCursorKind kind) {
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

static int is_symbol(CXCursor cursor) {
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_FieldDecl || kind == CXCursor_EnumConstantDecl) return is_global(cursor);
    return (is_function(kind) || is_type(kind) || kind == CXCursor_VarDecl || kind == CXCursor_ConceptDecl) && is_global(cursor);
}

static const char *kind_of(CXCursor use, CXCursor target, enum CXCursorKind parent) {
    if (is_type(clang_getCursorKind(target))) return parent == CXCursor_CXXBaseSpecifier ? "extends" : "uses-type";
    int is_call = parent == CXCursor_CallExpr && is_function(clang_getCursorKind(target));
    return is_call || clang_getCursorKind(use) == CXCursor_CallExpr ? "calls" : "references";
}

static void print_use(const char *file, CXCursor use, CXCursor target, const struct visit *visit, int is_one_of_many) {
    char name[NAME_SIZE], last[NAME_SIZE], line[4 * NAME_SIZE + 8192];
    if (!is_symbol(target)) return;
    CXCursor definition = clang_getCursorDefinition(target);
    int is_defined = !clang_Cursor_isNull(definition) && !clang_isInvalid(clang_getCursorKind(definition));
    CXCursor meant = is_defined ? definition : target;
    CXFile target_file;
    unsigned target_line, offset;
    place_of(meant, &target_file, &target_line, &offset);
    char target_path[4096] = "";
    const char *path = path_of(target_file);
    if (path != NULL) snprintf(target_path, sizeof target_path, "%s", path);
    qualified_name(meant, name);
    plain_name(target, last);
    if (name[0] == 0 || (path == NULL && is_defined)) return;
    enum CXCursorKind kind = clang_getCursorKind(target);
    int is_implied = clang_getCursorKind(use) == CXCursor_CallExpr || kind == CXCursor_Constructor;
    int is_required = !is_implied && !is_one_of_many && visit->is_definition && is_written(use, last);
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

static void print_unknown(const char *file, const char *holder, const char *name) {
    char line[2 * NAME_SIZE + 8192];
    if (name[0] == 0) return;
    snprintf(line, sizeof line, "unknown\t%s\t%s\t%s", file, holder, name);
    print_line(line);
}

/* Of what depends on a template's parameters the meaning is known when the template is used, if at all. */
static void print_reference(const char *file, CXCursor cursor, const struct visit *visit) {
    char name[NAME_SIZE];
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_OverloadedDeclRef) {
        plain_name(cursor, name);
        print_unknown(file, visit->holder, name);
        unsigned count = clang_getNumOverloadedDecls(cursor);
        for (unsigned at = 0; at < count; at++) print_use(file, cursor, clang_getOverloadedDecl(cursor, at), visit, 1);
        return;
    }
    CXCursor target = clang_getCursorReferenced(cursor);
    if (clang_Cursor_isNull(target) || clang_isInvalid(clang_getCursorKind(target))) {
        plain_name(cursor, name);
        print_unknown(file, visit->holder, name);
        return;
    }
    if (clang_getCursorKind(target) == CXCursor_OverloadedDeclRef) print_reference(file, target, visit);
    else print_use(file, cursor, target, visit, 0);
}

static void print_symbol(const char *file, CXCursor cursor, unsigned place) {
    char name[NAME_SIZE], line[2 * NAME_SIZE + 8192];
    qualified_name(cursor, name);
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (name[0] == 0) return;
    CXString usr = clang_getCursorUSR(cursor);
    snprintf(line, sizeof line, "symbol\t%s\t%s\t%s\t%u", clang_getCString(usr), file, name, place);
    clang_disposeString(usr);
    print_line(line);
    if (!is_function(kind) && !is_type(kind)) return;
    snprintf(line, sizeof line, "define\t%s\t%u\t%s", file, place, name);
    print_line(line);
}

static void remember_extent(const char *path, CXFile file, CXCursor cursor, const char *name) {
    CXSourceRange range = clang_getCursorExtent(cursor);
    unsigned first, last;
    char line[NAME_SIZE + 8192];
    clang_getFileLocation(clang_getRangeStart(range), NULL, &first, NULL, NULL);
    clang_getFileLocation(clang_getRangeEnd(range), NULL, &last, NULL, NULL);
    if (extent_count == extent_room) {
        extent_room = extent_room ? extent_room * 2 : 4096;
        extents = realloc(extents, extent_room * sizeof *extents);
    }
    struct extent *own = &extents[extent_count++];
    *own = (struct extent){.file = file, .first = first, .last = last};
    snprintf(own->name, sizeof own->name, "%s", name);
    snprintf(line, sizeof line, "extent\t%s\t%u\t%u\t%s", path, first, last, name);
    print_line(line);
}

static enum CXChildVisitResult visit(CXCursor cursor, CXCursor parent, CXClientData data) {
    const struct visit *around = data;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    CXFile file;
    unsigned line, offset;
    if (clang_isPreprocessing(kind)) return CXChildVisit_Continue;
    place_of(cursor, &file, &line, &offset);
    const char *known = path_of(file);
    if (known == NULL) return CXChildVisit_Continue;
    char path[4096];
    snprintf(path, sizeof path, "%s", known);
    struct visit inside = *around;
    if (is_symbol(cursor)) {
        char name[NAME_SIZE];
        qualified_name(cursor, name);
        /* `int x;` may be all the definition that there is. */
        int is_tentative = kind == CXCursor_VarDecl && clang_Cursor_getStorageClass(cursor) != CX_SC_Extern;
        inside.is_definition = clang_isCursorDefinition(cursor) || is_tentative || kind == CXCursor_TypedefDecl || kind == CXCursor_TypeAliasDecl;
        if (name[0]) snprintf(inside.holder, sizeof inside.holder, "%s", name);
        if (inside.is_definition) {
            print_symbol(path, cursor, line);
            char last[NAME_SIZE];
            plain_name(cursor, last);
            /* What a macro makes beside its function spans the same line. */
            if (name[0] && (is_written(cursor, last) || strchr(name, '(') != NULL)) remember_extent(path, file, cursor, name);
        }
    } else if (clang_isReference(kind) || clang_isExpression(kind)) {
        int counts = kind == CXCursor_DeclRefExpr || kind == CXCursor_MemberRefExpr || kind == CXCursor_TypeRef ||
                     kind == CXCursor_TemplateRef || kind == CXCursor_MemberRef || kind == CXCursor_OverloadedDeclRef ||
                     kind == CXCursor_CallExpr;
        if (counts) print_reference(path, cursor, &inside);
    }
    /* The callee is the first child of a call, perhaps inside expressions that stand for it. */
    int is_wrapper = kind == CXCursor_UnexposedExpr || kind == CXCursor_ParenExpr;
    inside.parent = is_wrapper ? around->parent : kind;
    clang_visitChildren(cursor, visit, &inside);
    (void)parent;
    return CXChildVisit_Continue;
}

/* The innermost definition that a line is in. */
static const char *holder_at(CXFile file, unsigned line) {
    const char *name = "";
    unsigned size = UINT32_MAX;
    for (size_t at = 0; at < extent_count; at++) {
        struct extent *each = &extents[at];
        if (each->file != file || line < each->first || each->last < line || each->last - each->first > size) continue;
        size = each->last - each->first;
        name = each->name;
    }
    return name;
}

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

static enum CXChildVisitResult visit_preprocessing(CXCursor cursor, CXCursor parent, CXClientData data) {
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    CXFile file, other;
    unsigned line, offset, target_line;
    char name[NAME_SIZE], text[NAME_SIZE + 16384], path[4096];
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
        char target_path[4096];
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

static void print_errors(void) {
    unsigned count = clang_getNumDiagnostics(unit);
    for (unsigned at = 0; at < count; at++) {
        CXDiagnostic each = clang_getDiagnostic(unit, at);
        if (clang_getDiagnosticSeverity(each) >= CXDiagnostic_Error) {
            CXFile file;
            char line[16384];
            clang_getFileLocation(clang_getDiagnosticLocation(each), &file, NULL, NULL, NULL);
            CXString text = clang_getDiagnosticSpelling(each);
            const char *path = path_of(file);
            if (path != NULL) {
                snprintf(line, sizeof line, "error\t%s\t%s", path, clang_getCString(text));
                print_line(line);
            }
            clang_disposeString(text);
        }
        clang_disposeDiagnostic(each);
    }
}

/* Without a header that is not there (made by a configure script, of a library) too much has another meaning. */
static int lacks_header(void) {
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
    char line[8192];
    snprintf(line, sizeof line, "judged\t%s", path);
    print_line(line);
}

static void print_skipped(void) {
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

static void compile(CXIndex index, char *line) {
    const char *words[512];
    int count = 0;
    char *path = strtok(line, "\t");
    for (char *word = strtok(NULL, "\t"); word != NULL && count < 512; word = strtok(NULL, "\t")) words[count++] = word;
    unsigned options = CXTranslationUnit_DetailedPreprocessingRecord | CXTranslationUnit_KeepGoing;
    unit_number++;
    if (clang_parseTranslationUnit2(index, path, words, count, NULL, 0, options, &unit) != CXError_Success) return;
    if (lacks_header()) {
        printf("lacking\t%s\n", path);
        clang_disposeTranslationUnit(unit);
        return;
    }
    extent_count = 0;
    struct visit top = {.holder = "", .parent = CXCursor_TranslationUnit, .is_definition = 1};
    CXCursor whole = clang_getTranslationUnitCursor(unit);
    clang_visitChildren(whole, visit, &top);
    clang_visitChildren(whole, visit_preprocessing, NULL);
    print_errors();
    clang_getInclusions(unit, print_inclusion, NULL);
    print_skipped();
    clang_disposeTranslationUnit(unit);
}

static char **read_lines(const char *path, size_t *count) {
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

int main(int count, char **arguments) {
    if (count != 3) return 2;
    printed_lines = calloc(SET_SIZE, sizeof *printed_lines);
    listed = read_lines(arguments[1], &listed_count);
    qsort(listed, listed_count, sizeof *listed, compare_texts);
    size_t units;
    char **lines = read_lines(arguments[2], &units);
    CXIndex index = clang_createIndex(0, 0);
    for (size_t at = 0; at < units; at++) compile(index, lines[at]);
    clang_disposeIndex(index);
    return 0;
}
