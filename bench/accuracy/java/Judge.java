import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Prints what javac makes of Java files, in the lines that `printed.ts` reads. Two arguments: a file that lists the
 * sources, an absolute path a line, and the class path.
 */
final class Judge {
  private final Names names;
  private final Lines lines;

  private Judge(JavacTask task, Lines lines) {
    names = new Names(task);
    this.lines = lines;
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
      Lines lines = new Lines(out);
      Judge judge = new Judge(task, lines);
      for (CompilationUnitTree unit : units) judge.print(unit);
      for (Diagnostic<? extends JavaFileObject> each : diagnostics.getDiagnostics()) {
        if (each.getKind() != Diagnostic.Kind.ERROR || each.getSource() == null) continue;
        String code = each.getCode();
        // What depends on a class that is not there is unknown where it stands; other errors may have changed more.
        if (code.equals("compiler.err.duplicate.class")) lines.line("failed", Names.path(each.getSource()), "a second class of its name");
        else if (!code.startsWith("compiler.err.cant.resolve") && !code.equals("compiler.err.doesnt.exist") && !judge.isHarmless(units, each)) {
          lines.line("error", Names.path(each.getSource()), each.getMessage(Locale.ROOT).replaceAll("\\s+", " "));
        }
      }
    }
  }

  private void print(CompilationUnitTree unit) {
    lines.line("judged", Names.path(unit.getSourceFile()));
    for (ImportTree each : unit.getImports()) printImport(unit, each);
    new Uses(unit, names, lines).scan(new TreePath(unit), null);
  }

  /** A file imports those whose types its imports name; for `import a.b.*` see `use`. */
  private void printImport(CompilationUnitTree unit, ImportTree tree) {
    if (!(tree.getQualifiedIdentifier() instanceof MemberSelectTree name)) return;
    boolean inType = tree.isStatic() || name.getIdentifier().contentEquals("*");
    Element type = names.elements.getTypeElement(inType ? name.getExpression().toString() : name.toString());
    Names.Definition target = type == null ? null : names.definitionOf(type);
    if (target != null) lines.line("import", Names.path(unit.getSourceFile()), target.file(), "required");
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
            long start = names.trees.getSourcePositions().getStartPosition(unit, tree);
            long end = names.trees.getSourcePositions().getEndPosition(unit, tree);
            if (start <= error.getPosition() && error.getPosition() <= end) harmless[0] = true;
          }
          return super.scan(tree, none);
        }
      }.scan(new TreePath(unit), null);
      return harmless[0];
    }
    return false;
  }
}
