import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Which methods a method overrides or implements. */
final class Overrides {
  private final String file;
  private final Names names;
  private final Lines lines;

  Overrides(String file, Names names, Lines lines) {
    this.file = file;
    this.names = names;
    this.lines = lines;
  }

  /** Required: of a class with a name, and no other overridden method stands between the two. */
  void print(ExecutableElement method) {
    if (!(method.getEnclosingElement() instanceof TypeElement type)) return;
    List<ExecutableElement> overridden = new ArrayList<>();
    for (TypeElement each : supertypes(type, new HashSet<>(), new ArrayList<>())) {
      for (Element member : each.getEnclosedElements()) {
        boolean is = member instanceof ExecutableElement other && member.getKind() == ElementKind.METHOD && names.elements.overrides(method, other, type);
        if (is) overridden.add((ExecutableElement) member);
      }
    }
    for (ExecutableElement each : overridden) {
      Names.Definition target = names.definitionOf(each);
      if (target == null) continue;
      TypeMirror owner = names.types.erasure(each.getEnclosingElement().asType());
      boolean farther = overridden.stream().anyMatch(
          other -> other != each && names.types.isSubtype(names.types.erasure(other.getEnclosingElement().asType()), owner));
      Names.Definition from = names.definitionOf(method);
      if (from == null) continue;
      boolean isNamed = type.getNestingKind() != NestingKind.ANONYMOUS;
      lines.line("override", file, from.name(), target.file(), target.name(), isNamed && !farther ? "required" : "allowed");
    }
  }

  private List<TypeElement> supertypes(TypeElement type, Set<TypeElement> seen, List<TypeElement> found) {
    for (TypeMirror each : names.types.directSupertypes(type.asType())) {
      if (each instanceof DeclaredType declared && declared.asElement() instanceof TypeElement element && seen.add(element)) {
        found.add(element);
        supertypes(element, seen, found);
      }
    }
    return found;
  }
}
