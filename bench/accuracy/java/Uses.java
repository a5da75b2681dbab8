import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Prints what javac makes of Java files, in the lines that `printed.ts` reads. Two arguments: a file that lists the
 * sources, an absolute path a line, and the class path.
 *
 * Names are qualified by the types around them, not by the package. A constructor is named like its class: C.C. What is
 * in an anonymous class belongs to the member that holds the class.
 */
final class Uses {
  private static final Set<String> NO_MEMBER = Set.of("this", "super", "class", "length");
  private final Trees trees;
  private final Types types;
  private final Elements elements;
  private final PrintStream out;

  private Uses(JavacTask task, PrintStream out) {
    trees = Trees.instance(task);
    types = task.getTypes();
    elements = task.getElements();
    this.out = out;
  }

  public static void main(String[] arguments) throws IOException {
    List<Path> sources = Files.readAllLines(Path.of(arguments[0])).stream().map(Path::of).toList();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (PrintStream out = new PrintStream(new BufferedOutputStream(System.out, 1 << 16), false, StandardCharsets.UTF_8);
        StandardJavaFileManager manager = compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
      // Attribution goes on where a dependency is missing: what depends on it is erroneous, all else is resolved.
      List<String> options = List.of(
          "-proc:none", "-implicit:none", "-nowarn", "-XDshould-stop.ifError=FLOW", "-Xmaxerrs", "100000", "-cp", arguments[1]);
      JavacTask task = (JavacTask) compiler.getTask(
          new StringWriter(), manager, diagnostics, options, null, manager.getJavaFileObjectsFromPaths(sources));
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      task.analyze();
      Uses uses = new Uses(task, out);
      for (CompilationUnitTree unit : units) uses.print(unit);
      for (Diagnostic<? extends JavaFileObject> each : diagnostics.getDiagnostics()) {
        if (each.getKind() != Diagnostic.Kind.ERROR || each.getSource() == null) continue;
        String code = each.getCode();
        // What depends on a class that is not there is unknown where it stands; other errors may have changed more.
        if (code.equals("compiler.err.duplicate.class")) line(out, "failed", path(each.getSource()), "a second class of its name");
        else if (!code.startsWith("compiler.err.cant.resolve") && !code.equals("compiler.err.doesnt.exist") && !uses.isHarmless(units, each)) {
          line(out, "error", path(each.getSource()), each.getMessage(Locale.ROOT).replaceAll("\\s+", " "));
        }
      }
    }
  }

  private void print(CompilationUnitTree unit) {
    line(out, "judged", path(unit.getSourceFile()));
    for (ImportTree each : unit.getImports()) printImport(unit, each);
    new Scanner(unit).scan(new TreePath(unit), null);
  }

  /** A file imports those whose types its imports name; for `import a.b.*` see `use`. */
  private void printImport(CompilationUnitTree unit, ImportTree tree) {
    if (!(tree.getQualifiedIdentifier() instanceof MemberSelectTree name)) return;
    boolean inType = tree.isStatic() || name.getIdentifier().contentEquals("*");
    Element type = elements.getTypeElement(inType ? name.getExpression().toString() : name.toString());
    Definition target = type == null ? null : definitionOf(type);
    if (target != null) line(out, "import", path(unit.getSourceFile()), target.file, "required");
  }

  /** An error in an annotation or an import (a missing library) leaves the rest of a file as it is. */
  private boolean isHarmless(List<CompilationUnitTree> units, Diagnostic<? extends JavaFileObject> error) {
    for (CompilationUnitTree unit : units) {
      if (!unit.getSourceFile().equals(error.getSource())) continue;
      boolean[] harmless = {false};
      new TreePathScanner<Void, Void>() {
        @Override
        public Void scan(Tree tree, Void none) {
          if (tree instanceof AnnotationTree || tree instanceof ImportTree) {
            long start = trees.getSourcePositions().getStartPosition(unit, tree);
            long end = trees.getSourcePositions().getEndPosition(unit, tree);
            if (start <= error.getPosition() && error.getPosition() <= end) harmless[0] = true;
          }
          return super.scan(tree, none);
        }
      }.scan(new TreePath(unit), null);
      return harmless[0];
    }
    return false;
  }

  private record Definition(String file, String name, long line) {}

  /** Where an element is defined in the given sources; null for one of a library. */
  private Definition definitionOf(Element element) {
    TreePath path = trees.getPath(element);
    if (path == null) return null;
    CompilationUnitTree unit = path.getCompilationUnit();
    String name = nameOf(element);
    return name.isEmpty() ? null : new Definition(path(unit.getSourceFile()), name, nameLine(unit, path.getLeaf()));
  }

  /** Qualified by the types around it; by the member too for a local class; of an anonymous class what holds it. */
  private String nameOf(Element element) {
    List<String> parts = new ArrayList<>();
    for (Element at = element; at != null && at.getKind() != ElementKind.PACKAGE; at = at.getEnclosingElement()) {
      if (at instanceof TypeElement type && type.getSimpleName().isEmpty()) parts.clear();
      else if (at.getKind() == ElementKind.CONSTRUCTOR) parts.add(0, at.getEnclosingElement().getSimpleName().toString());
      else if (at.getKind() == ElementKind.STATIC_INIT || at.getKind() == ElementKind.INSTANCE_INIT) parts.clear();
      else if (!at.getSimpleName().isEmpty()) parts.add(0, at.getSimpleName().toString());
    }
    return String.join(".", parts);
  }

  private long nameLine(CompilationUnitTree unit, Tree tree) {
    long start = trees.getSourcePositions().getStartPosition(unit, tree);
    Tree before = tree instanceof ClassTree type ? type.getModifiers()
        : tree instanceof MethodTree method ? (method.getReturnType() == null ? method.getModifiers() : method.getReturnType())
        : tree instanceof VariableTree variable ? (variable.getType() == null ? variable.getModifiers() : variable.getType())
        : null;
    String name = tree instanceof ClassTree type ? type.getSimpleName().toString()
        : tree instanceof MethodTree method ? method.getName().toString()
        : tree instanceof VariableTree variable ? variable.getName().toString()
        : "";
    long end = before == null ? -1 : trees.getSourcePositions().getEndPosition(unit, before);
    long from = Math.max(start, end);
    try {
      String text = unit.getSourceFile().getCharContent(true).toString();
      int at = name.isEmpty() || name.equals("<init>") ? -1 : text.indexOf(name, (int) from);
      return unit.getLineMap().getLineNumber(at < 0 ? Math.max(from, 0) : at);
    } catch (IOException error) {
      return unit.getLineMap().getLineNumber(start);
    }
  }

  private static String path(JavaFileObject file) {
    return Path.of(file.toUri()).toString();
  }

  private static void line(PrintStream out, Object... fields) {
    StringBuilder text = new StringBuilder();
    for (Object field : fields) text.append(text.length() == 0 ? "" : "\t").append(field);
    out.append(text).append('\n');
  }

  private final class Scanner extends TreePathScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final String file;

    Scanner(CompilationUnitTree unit) {
      this.unit = unit;
      file = path(unit.getSourceFile());
    }

    @Override
    public Void visitImport(ImportTree tree, Void none) {
      return null;
    }

    @Override
    public Void visitClass(ClassTree tree, Void none) {
      define(getCurrentPath());
      return super.visitClass(tree, none);
    }

    @Override
    public Void visitMethod(MethodTree tree, Void none) {
      // A default constructor and a record's accessors are in the tree but not in the file.
      Element element = trees.getElement(getCurrentPath());
      if (element == null || elements.getOrigin(element) != Elements.Origin.EXPLICIT) return null;
      define(getCurrentPath());
      if (element instanceof ExecutableElement method) overrides(method);
      return super.visitMethod(tree, none);
    }

    @Override
    public Void visitVariable(VariableTree tree, Void none) {
      define(getCurrentPath());
      return super.visitVariable(tree, none);
    }

    @Override
    public Void visitIdentifier(IdentifierTree tree, Void none) {
      use(tree, trees.getElement(getCurrentPath()));
      return super.visitIdentifier(tree, none);
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree tree, Void none) {
      use(tree, trees.getElement(getCurrentPath()));
      return super.visitMemberSelect(tree, none);
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree tree, Void none) {
      use(tree, trees.getElement(getCurrentPath()));
      return super.visitMemberReference(tree, none);
    }

    @Override
    public Void visitNewClass(NewClassTree tree, Void none) {
      use(tree, trees.getElement(getCurrentPath()));
      return super.visitNewClass(tree, none);
    }

    private void define(TreePath path) {
      Element element = trees.getElement(path);
      if (element == null) return;
      ElementKind kind = element.getKind();
      boolean counts = kind.isClass() || kind.isInterface() || kind == ElementKind.METHOD || kind == ElementKind.CONSTRUCTOR || kind.isField();
      Element owner = element.getEnclosingElement();
      boolean local = owner == null || (owner.getKind() != ElementKind.PACKAGE && !owner.getKind().isClass() && !owner.getKind().isInterface());
      for (Element at = owner; at instanceof TypeElement type; at = at.getEnclosingElement()) {
        if (type.getNestingKind().ordinal() > 1) local = true;
      }
      if (!counts || local || element.getSimpleName().isEmpty()) return;
      boolean isHidden = kind == ElementKind.CONSTRUCTOR || (kind.isField() && element.getModifiers().contains(Modifier.PRIVATE));
      if (!isHidden) line(out, "define", file, nameLine(unit, path.getLeaf()), nameOf(element));
    }

    private void use(Tree tree, Element element) {
      boolean isUnknown = element == null || (element.asType() != null && element.asType().getKind() == TypeKind.ERROR);
      if (isUnknown) {
        String text = tree instanceof NewClassTree make ? make.getIdentifier().toString() : tree.toString();
        String[] parts = text.replaceAll("<.*", "").split("[.:]+");
        String name = parts.length == 0 ? "" : parts[parts.length - 1];
        if (name.matches("\\w+")) line(out, "unknown", file, holder(), name);
      }
      if (element == null || NO_MEMBER.contains(element.getSimpleName().toString())) return;
      ElementKind kind = element.getKind();
      boolean counts = kind.isClass() || kind.isInterface() || kind == ElementKind.METHOD || kind == ElementKind.CONSTRUCTOR || kind.isField();
      if (!counts) return;
      Definition target = definitionOf(element);
      if (target == null) return;
      line(out, "use", file, holder(), target.file, target.name, target.line, isRequired(tree, element) ? "required" : "allowed", kindOf(tree, element));
      // A simple name from another package came by an import, be it of all of the package.
      boolean isImported = tree instanceof IdentifierTree && element.getEnclosingElement().getKind() == ElementKind.PACKAGE
          && !packageOf(element).equals(unit.getPackageName() == null ? "" : unit.getPackageName().toString());
      line(out, "import", file, target.file, isImported ? "required" : "allowed");
    }

    private String packageOf(Element element) {
      return elements.getPackageOf(element).getQualifiedName().toString();
    }

    private String kindOf(Tree tree, Element element) {
      TreePath around = getCurrentPath().getParentPath();
      boolean isGeneric = around.getLeaf() instanceof ParameterizedTypeTree type && type.getType() == tree;
      Tree whole = isGeneric ? around.getLeaf() : tree;
      if (isGeneric) around = around.getParentPath();
      if (element.getKind() == ElementKind.METHOD) return tree instanceof MemberReferenceTree ? "references" : "calls";
      if (element.getKind() == ElementKind.CONSTRUCTOR) return "constructs";
      if (element.getKind().isField()) return "references";
      if (around.getLeaf() instanceof ClassTree type) return type.getExtendsClause() == whole ? "extends" : "implements";
      return around.getLeaf() instanceof NewClassTree make && make.getIdentifier() == whole ? "instantiates" : "uses-type";
    }

    /**
     * Not: a type that only leads to a member of it; a constructor, since `new` names its class; the names of an
     * annotation's arguments.
     */
    private boolean isRequired(Tree tree, Element element) {
      Tree parent = getCurrentPath().getParentPath().getLeaf();
      if (element.getKind() == ElementKind.CONSTRUCTOR) return false;
      if (element instanceof TypeElement && parent instanceof MemberSelectTree select && !select.getIdentifier().contentEquals("class")) return false;
      if (element instanceof TypeElement && parent instanceof MemberReferenceTree) return false;
      boolean isArgumentName = element.getKind() == ElementKind.METHOD
          && element.getEnclosingElement().getKind() == ElementKind.ANNOTATION_TYPE
          && getCurrentPath().getParentPath().getParentPath().getLeaf() instanceof AnnotationTree;
      return !isArgumentName;
    }

    /** The member that a use stands in. */
    private String holder() {
      for (TreePath at = getCurrentPath().getParentPath(); at != null; at = at.getParentPath()) {
        Tree tree = at.getLeaf();
        if (!(tree instanceof ClassTree || tree instanceof MethodTree || tree instanceof VariableTree)) continue;
        Element element = trees.getElement(at);
        if (element == null) continue;
        ElementKind kind = element.getKind();
        if (tree instanceof VariableTree && !kind.isField()) continue;
        return nameOf(element);
      }
      return "";
    }

    /** Required: of a class with a name, and no other overridden method stands between the two. */
    private void overrides(ExecutableElement method) {
      if (!(method.getEnclosingElement() instanceof TypeElement type)) return;
      List<ExecutableElement> overridden = new ArrayList<>();
      for (TypeElement each : supertypes(type, new HashSet<>(), new ArrayList<>())) {
        for (Element member : each.getEnclosedElements()) {
          boolean is = member instanceof ExecutableElement other && member.getKind() == ElementKind.METHOD && elements.overrides(method, other, type);
          if (is) overridden.add((ExecutableElement) member);
        }
      }
      for (ExecutableElement each : overridden) {
        Definition target = definitionOf(each);
        if (target == null) continue;
        TypeMirror owner = types.erasure(each.getEnclosingElement().asType());
        boolean farther = overridden.stream().anyMatch(
            other -> other != each && types.isSubtype(types.erasure(other.getEnclosingElement().asType()), owner));
        Definition from = definitionOf(method);
        if (from == null) continue;
        boolean isNamed = type.getNestingKind() != NestingKind.ANONYMOUS;
        line(out, "override", file, from.name, target.file, target.name, isNamed && !farther ? "required" : "allowed");
      }
    }

    private List<TypeElement> supertypes(TypeElement type, Set<TypeElement> seen, List<TypeElement> found) {
      for (TypeMirror each : types.directSupertypes(type.asType())) {
        if (each instanceof DeclaredType declared && declared.asElement() instanceof TypeElement element && seen.add(element)) {
          found.add(element);
          supertypes(element, seen, found);
        }
      }
      return found;
    }
  }
}
