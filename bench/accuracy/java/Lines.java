import java.io.PrintStream;

/** The lines that are printed: fields, parted by tabs. */
final class Lines {
  private final PrintStream out;

  Lines(PrintStream out) {
    this.out = out;
  }

  void line(Object... fields) {
    StringBuilder text = new StringBuilder();
    for (Object field : fields) text.append(text.length() == 0 ? "" : "\t").append(field);
    out.append(text).append('\n');
  }
}
