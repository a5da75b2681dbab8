import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.JavaFileObject;

/**
 * What elements are called and where they are defined. Names are qualified by the types around them, not by the package. A
 * constructor is named like its class: C.C. What is in an anonymous class belongs to the member that holds the class.
 */
final class Names {
  final Trees trees;
  final Types types;
  final Elements elements;

  Names(JavacTask task) {
    trees = Trees.instance(task);
    types = task.getTypes();
    elements = task.getElements();
  }

  record Definition(String file, String name, long line) {}

  /** Where an element is defined in the given sources; null for one of a library. */
  Definition definitionOf(Element element) {
    TreePath path = trees.getPath(element);
    if (path == null) return null;
    CompilationUnitTree unit = path.getCompilationUnit();
    String name = nameOf(element);
    return name.isEmpty() ? null : new Definition(path(unit.getSourceFile()), name, nameLine(unit, path.getLeaf()));
  }

  /** Qualified by the types around it; by the member too for a local class; of an anonymous class what holds it. */
  String nameOf(Element element) {
    List<String> parts = new ArrayList<>();
    for (Element at = element; at != null && at.getKind() != ElementKind.PACKAGE; at = at.getEnclosingElement()) {
      if (at instanceof TypeElement type && type.getSimpleName().isEmpty()) parts.clear();
      else if (at.getKind() == ElementKind.CONSTRUCTOR) parts.add(0, at.getEnclosingElement().getSimpleName().toString());
      else if (at.getKind() == ElementKind.STATIC_INIT || at.getKind() == ElementKind.INSTANCE_INIT) parts.clear();
      else if (!at.getSimpleName().isEmpty()) parts.add(0, at.getSimpleName().toString());
    }
    return String.join(".", parts);
  }

  long nameLine(CompilationUnitTree unit, Tree tree) {
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

  static String path(JavaFileObject file) {
    return Path.of(file.toUri()).toString();
  }
}
