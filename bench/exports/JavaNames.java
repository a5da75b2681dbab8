import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/** Prints the public top-level types of each package below a source root as JSON, by the parser of javac. */
class JavaNames {
  public static void main(String[] arguments) throws Exception {
    Map<String, TreeSet<String>> names = new TreeMap<>();
    List<Path> files;
    try (var walk = Files.walk(Path.of(arguments[0]))) {
      files = walk.filter(file -> file.toString().endsWith(".java")).toList();
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var task = (JavacTask) compiler.getTask(null, manager, diagnostic -> {}, null, null, manager.getJavaFileObjectsFromPaths(files));
      for (CompilationUnitTree unit : task.parse()) {
        if (unit.getPackageName() == null) continue;
        for (var declared : unit.getTypeDecls()) {
          if (declared instanceof ClassTree type && type.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
            names.computeIfAbsent(unit.getPackageName().toString(), key -> new TreeSet<>()).add(type.getSimpleName().toString());
          }
        }
      }
    }
    System.out.println(names.entrySet().stream()
        .map(entry -> "\"" + entry.getKey() + "\":[" + entry.getValue().stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(",")) + "]")
        .collect(Collectors.joining(",", "{", "}")));
  }
}
