import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.Elements;

/** What one file defines and uses. A use starts in the member around it. */
final class Uses extends TreePathScanner<Void, Void> {
  private static final Set<String> NO_MEMBER = Set.of("this", "super", "class", "length");
  private final CompilationUnitTree unit;
  private final String file;
  private final Names names;
  private final Trees trees;
  private final Elements elements;
  private final Lines lines;
  private final Overrides overrides;

  Uses(CompilationUnitTree unit, Names names, Lines lines) {
    this.unit = unit;
    this.names = names;
    this.lines = lines;
    file = Names.path(unit.getSourceFile());
    trees = names.trees;
    elements = names.elements;
    overrides = new Overrides(file, names, lines);
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
    if (element instanceof ExecutableElement method) overrides.print(method);
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
    if (!isHidden) lines.line("define", file, names.nameLine(unit, path.getLeaf()), names.nameOf(element));
  }

  private void use(Tree tree, Element element) {
    boolean isUnknown = element == null || (element.asType() != null && element.asType().getKind() == TypeKind.ERROR);
    if (isUnknown) {
      String text = tree instanceof NewClassTree make ? make.getIdentifier().toString() : tree.toString();
      String[] parts = text.replaceAll("<.*", "").split("[.:]+");
      String name = parts.length == 0 ? "" : parts[parts.length - 1];
      if (name.matches("\\w+")) lines.line("unknown", file, holder(), name);
    }
    if (element == null || NO_MEMBER.contains(element.getSimpleName().toString())) return;
    ElementKind kind = element.getKind();
    boolean counts = kind.isClass() || kind.isInterface() || kind == ElementKind.METHOD || kind == ElementKind.CONSTRUCTOR || kind.isField();
    if (!counts) return;
    Names.Definition target = names.definitionOf(element);
    if (target == null) return;
    lines.line("use", file, holder(), target.file(), target.name(), target.line(), isRequired(tree, element) ? "required" : "allowed", kindOf(tree, element));
    // A simple name from another package came by an import, be it of all of the package.
    boolean isImported = tree instanceof IdentifierTree && element.getEnclosingElement().getKind() == ElementKind.PACKAGE
        && !packageOf(element).equals(unit.getPackageName() == null ? "" : unit.getPackageName().toString());
    lines.line("import", file, target.file(), isImported ? "required" : "allowed");
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
      return names.nameOf(element);
    }
    return "";
  }
}
