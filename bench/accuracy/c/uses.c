/*
 * Prints what clang makes of C and C++ files, in the lines that `printed.ts` reads and some more, for what only all
 * programs of a repository together tell. Arguments: a file that lists the repository's files, an absolute path a line;
 * a file that lists what to compile, a line each: the path, then the options, parted by tabs.
 *
 *   symbol    usr file name line               where something is defined
 *   use       … usr                            with the symbol that is meant, when it is only declared here
 *   included  unit file                        unit: the number of what was compiled
 *   skipped   unit file firstLine lastLine     left out by #if
 *   extent    file firstLine lastLine name     a definition that is in no function, or a namespace
 *   lacking   unit                             left out: it includes a file that is not there
 *
 * Names are qualified by the types and namespaces around them, of the latter only those that are written as such. A use
 * is required where its name is written in the file, and implied (allowed) where it comes out of a macro. What a macro
 * makes out of its arguments is no definition, but for a function whose body follows: `TEST(suite, name) {…}`.
 */

#include "uses.h"

#include <stdio.h>
#include <string.h>

CXTranslationUnit unit;
int unit_number;

/* By its name, or as a function by the macro with arguments that stands for it. */
static int is_defined_here(CXCursor cursor, const char *name) {
    char last[NAME_SIZE];
    plain_name(cursor, last);
    return is_written(cursor, last) || (is_function(clang_getCursorKind(cursor)) && strchr(name, '(') != NULL && strncmp(last, "operator", 8) != 0);
}

static void print_symbol(const char *file, CXCursor cursor, unsigned place) {
    char name[NAME_SIZE], line[LINE_SIZE];
    qualified_name(cursor, name);
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (name[0] == 0) return;
    CXString usr = clang_getCursorUSR(cursor);
    snprintf(line, sizeof line, "symbol\t%s\t%s\t%s\t%u", clang_getCString(usr), file, name, place);
    clang_disposeString(usr);
    print_line(line);
    if ((!is_function(kind) && !is_type(kind)) || !is_defined_here(cursor, name)) return;
    snprintf(line, sizeof line, "define\t%s\t%u\t%s", file, place, name);
    print_line(line);
}

static enum CXChildVisitResult visit(CXCursor cursor, CXCursor parent, CXClientData data) {
    const struct visit *around = data;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    CXFile file;
    unsigned line, offset;
    (void)parent;
    if (clang_isPreprocessing(kind)) return CXChildVisit_Continue;
    place_of(cursor, &file, &line, &offset);
    const char *known = path_of(file);
    if (known == NULL) return CXChildVisit_Continue;
    remember_place(file, offset);
    char path[PATH_SIZE], name[NAME_SIZE], last[NAME_SIZE];
    snprintf(path, sizeof path, "%s", known);
    struct visit inside = *around;
    if (is_symbol(cursor)) {
        qualified_name(cursor, name);
        plain_name(cursor, last);
        /* `int x;` may be all the definition that there is. */
        int is_tentative = kind == CXCursor_VarDecl && clang_Cursor_getStorageClass(cursor) != CX_SC_Extern;
        inside.is_definition = clang_isCursorDefinition(cursor) || is_tentative || kind == CXCursor_TypedefDecl || kind == CXCursor_TypeAliasDecl;
        if (name[0]) snprintf(inside.holder, sizeof inside.holder, "%s", name);
        if (inside.is_definition) {
            print_symbol(path, cursor, line);
            /* What a macro makes beside its function spans the same line. */
            if (name[0] && (is_written(cursor, last) || strchr(name, '(') != NULL)) remember_extent(path, file, cursor, name);
        }
    } else if (kind == CXCursor_Namespace) {
        plain_name(cursor, last);
        if (last[0] && is_written(cursor, last)) {
            qualified_name(cursor, inside.holder);
            remember_extent(path, file, cursor, inside.holder);
        }
    } else if (kind == CXCursor_UsingDeclaration) {
        remember_using(cursor);
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
    return CXChildVisit_Continue;
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
    forget_extents();
    struct visit top = {.holder = "", .parent = CXCursor_TranslationUnit, .is_definition = 1};
    CXCursor whole = clang_getTranslationUnitCursor(unit);
    clang_visitChildren(whole, visit, &top);
    clang_visitChildren(whole, visit_preprocessing, NULL);
    clang_visitChildren(whole, visit_expansion, NULL);
    clang_visitChildren(whole, visit_dropped, NULL);
    print_introduced();
    print_errors();
    print_inclusions();
    print_skipped();
    clang_disposeTranslationUnit(unit);
}

int main(int count, char **arguments) {
    if (count != 3) return 2;
    list_files(arguments[1]);
    size_t units;
    char **lines = read_lines(arguments[2], &units);
    CXIndex index = clang_createIndex(0, 0);
    for (size_t at = 0; at < units; at++) compile(index, lines[at]);
    clang_disposeIndex(index);
    return 0;
}
