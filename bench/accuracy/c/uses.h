/* What the files of the program `uses` share. `uses.c` says what it prints. */

#ifndef USES_H
#define USES_H

#include <clang-c/Index.h>

#define NAME_SIZE 1024
#define PATH_SIZE 4096
#define LINE_SIZE (4 * NAME_SIZE + 2 * PATH_SIZE)

/* What is compiled at the time, and its number. */
extern CXTranslationUnit unit;
extern int unit_number;

/* lines.c */
char **read_lines(const char *path, size_t *count);
void list_files(const char *path);
const char *path_of(CXFile file);
void print_line(const char *line);

/* names.c */
int is_function(enum CXCursorKind kind);
int is_type(enum CXCursorKind kind);
int is_symbol(CXCursor cursor);
void place_of(CXCursor cursor, CXFile *file, unsigned *line, unsigned *offset);
int is_written(CXCursor cursor, const char *name);
void plain_name(CXCursor cursor, char *name);
void qualified_name(CXCursor cursor, char *name);

/* extents.c */
void forget_extents(void);
void remember_extent(const char *path, CXFile file, CXCursor cursor, const char *name);
const char *holder_at(CXFile file, unsigned line);

/* references.c */
struct visit {
    char holder[NAME_SIZE];
    enum CXCursorKind parent;
    int is_definition;
};
void print_use(const char *file, CXCursor use, CXCursor target, const struct visit *visit, int is_allowed_only);
void print_reference(const char *file, CXCursor cursor, const struct visit *visit);
void print_unknown(const char *file, const char *holder, const char *name);

/* dropped.c */
void remember_place(CXFile file, unsigned offset);
enum CXChildVisitResult visit_expansion(CXCursor cursor, CXCursor parent, CXClientData data);
enum CXChildVisitResult visit_dropped(CXCursor cursor, CXCursor parent, CXClientData data);

/* introduced.c */
void remember_using(CXCursor cursor);
void print_introduced(void);

/* preprocessing.c */
enum CXChildVisitResult visit_preprocessing(CXCursor cursor, CXCursor parent, CXClientData data);
void print_inclusions(void);
void print_skipped(void);
void print_errors(void);
int lacks_header(void);

#endif
