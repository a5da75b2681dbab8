import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { analyse } from '#generate/analyse/analyse.ts'
import { inventoryOf } from '../inventory-of.ts'
import { contextsOf } from './contexts-of.ts'

const NAMES = 'one two three four five six seven eight nine ten'.split(' ')

interface Case {
  title: string
  /** The body of `start`, and what uses what in it, by hand. */
  body: string
  uses: string
}

interface Fixture {
  path: string
  /** The whole file: functions that can be called, and one that calls them. */
  file(body: string): string
  from?: string
  cases: readonly Case[]
}

const define = (form: (name: string) => string): string => NAMES.map(form).join('\n')

const FIXTURES: Readonly<Record<string, Fixture>> = {
  bash: {
    path: 'a.sh',
    file: (body) => `${define((name) => `${name}() { :; }`)}\nstart() {\n${body}\n}\n`,
    cases: [
      {
        title: 'jumps out of several loops',
        body: 'while true; do\n while true; do [ -z "$x" ] && break 2; one; done\n two\ndone\nthree',
        uses: 'one:gll two:gl three',
      },
      {
        title: 'branches and loops',
        body: 'if one; then two; three; elif four; then five; else six; fi\nwhile seven; do eight; done\nfor x in $(nine); do ten; done',
        uses: 'one two:b three:b four:b five:b six:b seven:l eight:l nine ten:l',
      },
      {
        title: 'short ways and guards',
        body: 'one && two || three\nfour || return 1\nfive\ncase $x in a) six;; *) seven;; esac\n[ -z "$x" ] && exit 1\neight "$(nine)"',
        uses: 'one two:b three:b four five:g six:bg seven:bg nine:g eight:g',
      },
      {
        title: 'what only looks like a call',
        body: "cat <<'EOF'\none\nEOF\necho 'two' \"three\" # four\nfive",
        uses: 'five',
      },
    ],
  },
  c: {
    path: 'a.c',
    file: (body) => `${define((name) => `int ${name}(int x) { return x; }`)}\nint start(int x) {\n${body}\n}\n`,
    cases: [
      {
        title: 'branches and loops',
        body: 'if (one(x)) two(x); else if (three(x)) { four(x); } else five(x);\nfor (int i = six(x); seven(x); i += eight(x)) nine(x);\ndo { ten(x); } while (x);\nreturn 0;',
        uses: 'one two:b three:b four:bb five:bb six seven:l nine:l eight:l ten:l',
      },
      {
        title: 'arguments, short ways, cases',
        body: 'one(two(x));\nthree(x) && four(x);\nx ? five(x) : six(x);\nswitch (seven(x)) { case 1: eight(x); break; default: nine(x); }\nreturn ten(x);',
        uses: 'two one three four:b five:b six:b seven eight:b nine:b ten',
      },
      {
        title: 'guards',
        body: 'while (one(x)) {\n  if (two(x)) break;\n  three(x);\n}\nif (x) goto out;\nfour(x);\nif (x) { return 1; }\nfive(x);\nout:\nreturn six(x);',
        uses: 'one:l two:l three:gl four:g five:g six:g',
      },
      {
        title: 'comments and strings',
        body: '/* one(x); */ puts("two(x)"); // three(x)\nreturn four(x);',
        uses: 'four',
      },
      {
        title: 'jumps to a label: out of a loop, within it, back, and past a return',
        body: 'for (;;) {\n  if (x) goto next;\n  one(x);\n  if (x) goto done;\n  two(x);\nnext:\n  three(x);\n}\ndone:\nfour(x);\nagain:\nfive(x);\nif (x) goto again;\nsix(x);\nif (x) goto out;\nif (x) return 1;\nseven(x);\nout:\neight(x);',
        uses: 'one:gl two:gl three:gl four five:l six seven:g eight:g',
      },
      {
        title: 'code that returns between a label and the jump back to it',
        body: 'again:\none(x);\nif (x) return 1;\ntwo(x);\nif (x) goto again;\nthree(x);\ngoto *table[x];\nfour(x);',
        uses: 'one:l two:gl three:g four:g',
      },
      {
        title: 'statements of macros',
        body: 'list_for_each(y, one(x)) { two(x); }\njson_array_foreach(y, x)\n  three(x);\nrun_with_period(100) { four(x); }\nGUARD(x) { five(x); }\nFOR_EACH(y) { six(x); }\nUNUSED(x)\nseven(x);\n{ eight(x); }',
        uses: 'one two:l three:l four:u five:u six:l seven eight',
      },
      {
        title: 'the end of a loop by a macro',
        body: 'list_for_each(y, one(x)) { if (x) break; two(x); }\nthree(x);',
        uses: 'one two:gl three',
      },
    ],
  },
  cpp: {
    path: 'a.cpp',
    file: (body) =>
      `${define((name) => `int ${name}(int x = 0) { return x; }`)}\nstruct Thing { Thing(int); };\nint start(int x) {\n${body}\n}\n`,
    cases: [
      {
        title: 'closures, errors, loops',
        body: 'auto f = [&](int y) { return one(y); };\n[&] { two(); }();\ntry { three(); } catch (int e) { four(); throw; }\nfor (auto y : five2()) six();\nauto t = Thing(seven());\nreturn 0;',
        uses: 'one:n two three four:f six:lg seven:g Thing:g',
      },
      {
        title: 'an own throw that is caught',
        body: 'try { if (one()) throw 1; two(); } catch (...) { three(); }\nreturn four();',
        uses: 'one two:g three:f four',
      },
      { title: 'raw strings', body: 'auto s = R"x(one() " two())x";\nreturn three();', uses: 'three' },
    ],
  },
  csharp: {
    path: 'A.cs',
    from: 'A.Start',
    file: (body) =>
      `class A {\n${define((name) => `int ${name}(int x = 0) { return x; }`)}\nint Start(int x) {\n${body}\n}\n}\nclass Thing {}\n`,
    cases: [
      {
        title: 'lambdas that run for each element',
        body: 'list.ForEach(y => { one(y); });\nvar z = list.Where(y => two(y) > 0);\nother(y => three(y));\nreturn four(x);',
        uses: 'one:l two:l three:n four',
      },
      {
        title: 'functions below a return, and errors in the middle of a statement',
        body: 'if (x == 0) { return one(); int inner() { return two(); } }\nif ((y ?? throw new E()) > three()) four(); else five();\nreturn six();\nint local() { return seven(); }',
        uses: 'one:b two:nb three:g four:bg five:bg six:g seven:n',
      },
      {
        title: 'an error in the middle of the first statement',
        body: 'one(y ?? throw new E(), two());\nthree();',
        uses: 'two:g one:g three:g',
      },
      {
        title: 'what is skipped if there is no value',
        body: 'a?.F(one()).G(two());\na?.b?.H(three()).i[four()]?.J(five());\nc(a?.F(six()), seven());',
        uses: 'one:b two:b three:b four:b five:b six:b seven',
      },
      {
        title: 'values that are only needed at times',
        body: 'y ??= one(1);\ny = two(2);',
        uses: 'one:b two',
      },
      {
        title: 'closures, errors, loops',
        body: 'System.Func<int> f = () => one();\nint local() { return two(); }\ntry { three(); } catch (System.Exception e) { four(); } finally { five(); }\nforeach (var y in list(six())) seven();\nusing (new Thing()) { eight(); }\nreturn nine();',
        uses: 'one:n two:n three four:f five:d six seven:l Thing eight nine',
      },
      {
        title: 'switches and guards',
        body: 'var y = x switch { 1 => one(), _ => two() };\nswitch (three()) { case 1: four(); break; default: five(); break; }\nif (x == 0) throw new System.Exception();\nsix(seven());\nvar z = x ?? eight();\nreturn z ? nine() : ten();',
        uses: 'one:b two:b three four:b five:b seven:g six:g eight:bg nine:bg ten:bg',
      },
      {
        title: 'queries',
        body: 'if (x == 0) return 1;\nvar y = from a in list(one()) where two(a) > 1 let b = three(a) orderby four(b) select five(b);\nreturn six();',
        uses: 'one:g two:lg three:lg four:lg five:lg six:g',
      },
      { title: 'strings', body: 'var s = @"one() "" two()"; var t = """\nthree()\n""";\nreturn four();', uses: 'four' },
    ],
  },
  go: {
    path: 'a.go',
    file: (body) =>
      `package a\n${define((name) => `func ${name}(x int) int { return x }`)}\nfunc start(x int) int {\n${body}\n}\n`,
    cases: [
      {
        title: 'jumps to an outer loop',
        body: 'outer:\nfor i := range list(one(x)) {\n for j := range list(two(x)) {\n  if j > i { continue outer }\n  three(x)\n }\n four(x)\n}\nfor {\n switch x {\n case 1: break\n }\n five(x)\n}\nsix(x)',
        uses: 'one two:l three:gll four:gl five:l six',
      },
      {
        title: 'branches and loops',
        body: 'if y := one(x); two(y) > 0 {\n three(x)\n} else if four(x) > 0 {\n five(x)\n}\nfor i := six(x); seven(x) > 0; i += eight(x) {\n nine(x)\n}\nreturn ten(x)',
        uses: 'one two three:b four:b five:bb six seven:l nine:l eight:l ten',
      },
      {
        title: 'loops without all of their clauses',
        body: 'for one(x) > 0 {\n two(x)\n}\nfor ; three(x) > 0; {\n four(x)\n}\nfor i := 0; ; i += five(x) {\n six(x)\n}\nfor range list(seven(x)) {\n eight(x)\n}\nfor {\n nine(x)\n}',
        uses: 'one:l two:l three:l four:l six:l five:l seven eight:l nine:l',
      },
      {
        title: 'deferred calls, closures and guards',
        body: 'defer one(two(x))\ndefer func() { three(x) }()\nf := func() { four(x) }\nfunc() { five(x) }()\nif err := six(x); err != 0 {\n return 1\n}\nfor _, v := range list(seven(x)) {\n if eight(v) > 0 { continue }\n nine(v)\n}\nreturn ten(x)',
        uses: 'two four:n five six seven:g eight:lg nine:glg ten:g three:d one:d',
      },
      { title: 'a deferred call of what a call returns', body: 'defer one(x)()\nreturn two(x)', uses: 'one two' },
      {
        title: 'cases',
        body: 'switch one(x) {\ncase two(x): three(x)\ndefault: panic(four(x))\n}\nselect {\ncase <-c: five(x)\n}\n_ = `six(x)`\nreturn seven(x)',
        uses: 'one two:b three:b four:b five:bg seven:g',
      },
    ],
  },
  java: {
    path: 'A.java',
    from: 'A.start',
    file: (body) =>
      `class A {\n${define((name) => `int ${name}(int x) { return x; }`)}\nint start(int x) {\n${body}\n}\n}\nclass Thing { Thing(int x) {} void run() {} }\n`,
    cases: [
      {
        title: 'lambdas that run for each element',
        body: 'list.forEach(y -> { one(y); });\nother(y -> two(y));\nreturn three(x);',
        uses: 'one:l two:n three',
      },
      {
        title: 'a return before the condition of a loop',
        body: 'do { if (x > 0) return 1; one(x); } while (two(x) > 0);\ndo { if (x > 0) continue; three(x); } while (four(x) > 0);\nreturn five(x);',
        uses: 'one:gl two:gl three:glg four:lg five:g',
      },
      {
        title: 'assertions',
        body: 'assert one(x) > 0 : two(x);\nreturn three(x);',
        uses: 'one two:b three',
      },
      {
        title: 'jumps to an outer loop, and out of a block',
        body: 'outer: for (int y : list(one(x))) { for (;;) { if (x > 0) break outer; two(x); }\nthree(x); }\nfour(x);\nb: { if (x > 0) { break b; }\nfive(x); }\nreturn six(x);',
        uses: 'one two:gll three:gl four five:g six',
      },
      {
        title: 'closures, errors, loops',
        body: 'Runnable f = () -> one(x);\ntry (R r = two(x)) { three(x); } catch (E e) { four(x); } finally { five(x); }\nfor (int y : list(six(x))) seven(y);\nsynchronized (this) { eight(x); }\nnew Thing(nine(x)) { void run() { ten(x); } };\nreturn 0;',
        uses: 'one:n two three four:f five:d six seven:l eight nine ten:nn Thing Thing',
      },
      {
        title: 'switches and guards',
        body: 'int y = switch (one(x)) { case 1 -> two(x); default -> { three(x); yield 1; } };\nswitch (x) { case 1: four(x); break; default: five(x); }\nwhile (six(x) > 0) { if (x > 1) continue; seven(x); }\nif (x > 0) return 1;\neight(x);\nreturn x > 0 && nine(x) > 0 ? ten(x) : 0;',
        uses: 'one two:b three:b four:b five:b six:l seven:gl eight:g nine:bg ten:bg',
      },
      { title: 'text blocks', body: 'String s = """\n one(x)\n """;\n// two(x)\nreturn three(x);', uses: 'three' },
    ],
  },
  kotlin: {
    path: 'a.kt',
    file: (body) =>
      `${define((name) => `fun ${name}(x: Int): Int { return x }`)}\nfun start(x: Int): Int {\n${body}\n}\n`,
    cases: [
      {
        title: 'a return in a condition and an argument',
        body: 'if ((y ?: return 1) > one(x)) two(x) else three(x)\nreturn four(x)',
        uses: 'one:g two:bg three:bg four:g',
      },
      {
        title: 'jumps to an outer loop',
        body: 'outer@ for (y in list) { while (x > 0) { if (x > 1) continue@outer\none(x) }\ntwo(x) }\nreturn three(x)',
        uses: 'one:gll two:gl three',
      },
      {
        title: 'branches and loops',
        body: 'if (one(x) > 0) two(x) else if (three(x) > 0) four(x) else { five(x) }\nval y = when (six(x)) { 1 -> seven(x); else -> eight(x) }\nfor (z in nine(x)..2) ten(z)\nreturn 0',
        uses: 'one two:b three:b four:bb five:bb six seven:b eight:b nine ten:l',
      },
      {
        title: 'closures, errors and guards',
        body: 'val f = { y: Int -> one(y) }\nval g = fun(y: Int): Int { return two(y) }\nlist.forEach { three(it) }\nwith(x) { four(1) }\ntry { five(x) } catch (e: E) { six(x) } finally { seven(x) }\nx ?: return 1\neight(x)\ny?.let { nine(x) }\nreturn ten(x)',
        uses: 'one:n two:n three:l four five six:f seven:d eight:g nine:bg ten:g',
      },
      {
        title: 'a lambda that is only stored leaves nothing',
        body: 'val f: (Int) -> Int = { error("no") }\none(x)\nif (x > 0) error("more")\nreturn two(x)',
        uses: 'one two:g',
      },
      { title: 'strings', body: 'val s = """one(x)"""\nval t = "two(x)"\nreturn three(x)', uses: 'three' },
    ],
  },
  php: {
    path: 'a.php',
    file: (body) =>
      `<?php\n${define((name) => `function ${name}($x) { return $x; }`)}\nfunction start($x) {\n${body}\n}\n`,
    cases: [
      {
        title: 'closures that run for each element',
        body: 'array_map(function ($y) { return one($y); }, $x);\nother(fn ($y) => two($y));\nreturn three($x);',
        uses: 'one:l two:n three',
      },
      {
        title: 'an error in a condition',
        body: 'if (($y ?? throw new E()) > one($x)) two($x); else three($x);\nfour($x);',
        uses: 'one:g two:bg three:bg four:g',
      },
      {
        title: 'what is skipped if there is no value',
        body: '$a?->f(one($x))->g(two($x));\n$a?->b?->h(three($x))->i[four($x)];\nlist($a?->f(five($x)), six($x));',
        uses: 'one:b two:b three:b four:b five:b six',
      },
      {
        title: 'jumps out of several loops',
        body: 'foreach ($x as $y) { foreach ($y as $z) { if ($z) continue 2; one($x); }\ntwo($x); }\nthree($x);\nwhile ($x) { switch ($x) { case 1: if ($x) continue; four($x); break; case 2: continue 2; }\nfive($x); }\nreturn six($x);',
        uses: 'one:gll two:gl three four:gbl five:gl six',
      },
      {
        title: 'values that are only needed at times',
        body: '$a ??= one(1);\n$b .= two(2);',
        uses: 'one:b two',
      },
      {
        title: 'branches and loops',
        body: 'if (one($x)) two($x); elseif (three($x)) { four($x); } else { five($x); }\nforeach (six($x) as $y) seven($y);\nfor ($i = eight($x); nine($x); $i++) { ten($x); }',
        uses: 'one two:b three:b four:b five:b six seven:l eight nine:l ten:l',
      },
      {
        title: 'closures, errors and guards',
        body: '$f = function () { one(1); };\n$g = fn($y) => two($y);\ntry { three($x); } catch (E $e) { four($x); } finally { five($x); }\nsix($x) or die();\nseven($x);\n$z = match ($x) { 1 => eight($x), default => nine($x) };\nreturn ten($x);',
        uses: 'one:n two:n three four:f five:d six seven:g eight:bg nine:bg ten:g',
      },
      {
        title: 'heredocs, and a function that is only named',
        body: "$s = <<<EOT\n one($x)\nEOT;\n$t = <<<'EOT'\n two($x)\nEOT;\n# three($x)\nreturn four($x);",
        uses: 'four',
      },
    ],
  },
  python: {
    path: 'a.py',
    file: (body) =>
      `${define((name) => `def ${name}(x=0): return x`)}\nclass Thing: pass\ndef start(x):\n${body.replace(/^/gm, '    ')}\n`,
    cases: [
      {
        title: 'the clauses behind the first one of a comprehension',
        body: 'y = {one(a): two(a) for a in three() for b in four(a) if five(b)}',
        uses: 'three four:l five:l one:l two:l',
      },
      {
        title: 'what is evaluated where a function or class is made',
        body: '@deco(one())\ndef inner(a, b=two(), *c, d: int = three()):\n    four()\ng = lambda y=five(): six()\nclass Inner:\n    a = seven()\n    def b(self, c=eight()): nine()\nten()',
        uses: 'one two three four:n five six:n seven eight nine:n ten',
      },
      {
        title: 'loops that end, assertions, chains of comparisons',
        body: 'while one():\n    two()\nelse:\n    three()\nassert four(), five()\ny = six() < seven() < eight() < nine()',
        uses: 'one:l two:l three:b four five:b six seven eight:b nine:b',
      },
      {
        title: 'branches and loops',
        body: 'if one(): two()\nelif three(): four()\nelse: five()\nfor y in six(): seven()\nelse: eight()\nwhile nine(): ten()',
        uses: 'one two:b three:b four:b five:b six seven:l eight:b nine:l ten:l',
      },
      {
        title: 'comprehensions, conditions, closures',
        body: 'y = [one(z) for z in two() if three(z)]\nz = four() if five() else six()\nf = lambda: seven()\ndef inner():\n    eight()\nwith nine(): pass\nreturn ten() or Thing()',
        uses: 'two three:l one:l five four:b six:b seven:n eight:n nine ten Thing:b',
      },
      {
        title: 'errors and guards',
        body: 'try:\n    one()\nexcept E:\n    two()\nelse:\n    three()\nfinally:\n    four()\nif five():\n    raise E(six())\nmatch seven():\n    case 1 if eight(): nine()\nreturn ten()',
        uses: 'one two:f three:b four:d five six:b seven:g eight:bg nine:bg ten:g',
      },
      {
        title: 'strings',
        body: 's = """one()\n  two()"""\nt = f"{three()}"  # four()\nreturn five()',
        uses: 'three five',
      },
    ],
  },
  ruby: {
    path: 'a.rb',
    file: (body) =>
      `${define((name) => `def ${name}(x = 0)\n x\nend`)}\nclass Thing\nend\ndef start(x)\n${body}\nend\n`,
    cases: [
      {
        title: 'jumps within a loop, and a return in the middle of a statement',
        body: 'until one\n next if two\n three\nend\nx.foo(four || (return 1)).bar(five)\nsix',
        uses: 'one:l two:l three:gl four five:g six:g',
      },
      {
        title: 'the text of a heredoc, which is evaluated where it begins',
        body: 'return [<<~A, 1] if x == 1\n  #{one}\nA\ntwo(<<~A) if three\n  #{four}\nA\nx.each { |y| five(<<~A, <<~B) + six }\n  #{seven}\nA\n  #{x ? eight : 1}\nB\nreturn nine(<<~A)\n  #{ten}\nA',
        uses: 'one:b three:g four:bg two:bg seven:lg eight:blg five:lg six:lg ten:g nine:g',
      },
      {
        title: 'what is skipped if there is no value',
        body: 'x&.foo(one).bar(two)\nx.foo(three)\nx&.each { four }\nx&.y&.foo(five)',
        uses: 'one:b two three four:lb five:b',
      },
      {
        title: 'an operator on the line below',
        body: 'unless one(1) == two(2) \\\n  || three(3) \\\n  && four(4)\n  five(5)\nend',
        uses: 'one two three:b four:bb five:b',
      },
      {
        title: 'values that are only needed at times',
        body: '@a ||= one(1)\n@b += two(2)\n@c &&= three(3)',
        uses: 'one:b two three:b',
      },
      {
        title: 'branches and loops',
        body: 'if one then two elsif three then four else five end\nsix if seven\neight while nine\ncase ten\nwhen 1 then one\nend',
        uses: 'one two:b three:b four:bb five:bb seven six:b nine:l eight:l ten one:b',
      },
      {
        title: 'blocks, errors and guards',
        body: 'x.each { |y| one(y) }\nx.on_change do |y|\n  two(y)\nend\nf = -> { three }\nbegin\n  four\nrescue E\n  five\nensure\n  six\nend\nreturn if seven\neight && nine\nThing.new(ten)',
        uses: 'one:l two:n three:n four five:f six:d seven eight:g nine:bg ten:g Thing:g',
      },
      {
        title: 'a body with handlers',
        body: 'raise E if one\ntwo\nrescue E\n  three\nensure\n  four',
        uses: 'one two:g three:f four:d',
      },
      {
        title: 'heredocs',
        body: "s = <<~EOS\n  one(x)\nEOS\nt = <<~'EOS'\n  two(x)\nEOS\n# three(x)\nfour(x)",
        uses: 'four',
      },
    ],
  },
  rust: {
    path: 'src/lib.rs',
    file: (body) => `${define((name) => `fn ${name}(x: i32) -> i32 { x }`)}\nfn start(x: i32) -> i32 {\n${body}\n}\n`,
    cases: [
      {
        title: 'a question mark in a condition, and a second one',
        body: 'if one(x)? > 0 { two(x); } else { three(x); }\nlet Some(y) = four(x)? else { return five(x); };\nsix(x)?.go(seven(x))',
        uses: 'one two:bg three:bg four:g five:bg six:g seven:g',
      },
      {
        title: 'macros that may leave, and functions below a return',
        body: 'if x > 1 { return 1; }\nlet y = match ready!(one(x)) { 1 => two(x), _ => 0 };\nensure!(three(x) > 0);\nfn inner(y: i32) -> i32 { four(y) }\nreturn five(x);\nfn local(y: i32) -> i32 { six(y) }',
        uses: 'one:g two:bg three:g four:n five:g six:n',
      },
      {
        title: 'an exit in the only list of a function by a macro',
        body: 'match ready!(one(x)) { 1 => two(x), _ => 0 };\nthree(x)',
        uses: 'one two:bg three:g',
      },
      {
        title: 'jumps to an outer loop, and out of a block',
        body: "'a: loop { loop { if x > 0 { continue 'a; } one(x); }\ntwo(x); }\nlet y = 'b: { if x > 0 { break 'b 1; }\nthree(x) };\nfour(x)",
        uses: 'one:gll two:gl three:g four',
      },
      {
        title: 'branches and loops',
        body: 'if let 1 = one(x) { two(x); } else if three(x) > 0 { four(x); }\nwhile five(x) > 0 { six(x); }\nfor y in list(seven(x)) { eight(y); }\nmatch nine(x) { 1 => ten(x), _ => 0 }',
        uses: 'one two:b three:b four:bb five:l six:l seven eight:l nine ten:b',
      },
      {
        title: 'a loop behind what may leave',
        body: 'if one(x) > 0 { return 1; }\nwhile two(x) > 0 { three(x); }',
        uses: 'one two:lg three:lg',
      },
      {
        title: 'what a question mark may leave',
        body: 'let y = two(one(x)?);\nmatch x { 1 => three(x)?, _ => four(x) };\nlet f = |y| { five(y)?; six(y) };\nseven(x)',
        uses: 'one two:g three:bg four:bg five:ng six:gng seven:g',
      },
      {
        title: 'a question mark in the middle of a statement, and where a branch ends',
        body: 'one(x)?.go(two(x), three(x)?);\nfour(x)',
        uses: 'one two:g three:g four:g',
      },
      {
        title: 'a question mark in a branch',
        body: 'let y = match x { 1 => one(x)?, _ => two(x) };\nif x > 1 && three(x)? > 0 || four(x) > 0 { five(x); }\nsix(x)',
        uses: 'one:b two:b three:bg four:bg five:bg six:g',
      },
      {
        title: 'closures and guards',
        body: 'let f = |y| one(y);\nlet g = async move { two(x) };\nfn inner(y: i32) -> i32 { three(y) }\nlet Some(z) = y else { panic!("{}", four(x)) };\nfive(x);\nloop { if six(x) > 0 { break; } seven(x); }\nlet s = r#"eight(x)"#;\nnine(x) + ten(x)',
        uses: 'one:n two:n three:n four:b five:g six:lg seven:glg nine:g ten:g',
      },
    ],
  },
  scala: {
    path: 'A.scala',
    from: 'A.start',
    file: (body) =>
      `object A {\n${define((name) => `def ${name}(x: Int): Int = x`)}\ndef start(x: Int): Int = {\n${body}\n}\n}\n`,
    cases: [
      {
        title: 'the conditions of a loop',
        body: 'for { y <- List(one(x)) } three(y)\nfour(x)',
        uses: 'one three:l four',
      },
      {
        title: 'calls that yield chains',
        body: 'for { y <- one(x); z <- two(y) } yield three(z)\nfor (y <- four(x)) yield { five(y) }',
        uses: 'one two three four five',
      },
      {
        title: 'a single case that matches any value',
        body: 'val (a, b) = (x, x) match { case (y, _) => (one(y), x) }\nx match { case y if y > 0 => two(y) }\nx match { case 1 => three(x) }\nxs match { case List(y) => four(y) }\nfive(x)',
        uses: 'one two:b three:b four:b five',
      },
      {
        title: 'functions below a return',
        body: 'if (x > 0) return one(x)\ndef local(y: Int) = two(y)\nlocal(three(x))',
        uses: 'one:b two:n three:g',
      },
      {
        title: 'branches and loops',
        body: 'if (one(x) > 0) two(x) else three(x)\nval y = four(x) match { case 1 if five(x) > 0 => six(x); case _ => 0 }\nfor (z <- List(seven(x))) eight(z)\nwhile (nine(x) > 0) ten(x)\n0',
        uses: 'one two:b three:b four five:b six:b seven eight:l nine:l ten:l',
      },
      {
        title: 'closures, errors and short ways',
        body: 'list.map(y => one(y))\nlist.foreach { y => two(y) }\ndef local(y: Int) = three(y)\ntry { four(x) } catch { case e: E => five(x) } finally { six(x) }\nif (x > 0) return seven(x)\nval s = """eight(x)"""\nx > 0 && nine(x) > 0\nten(x)',
        uses: 'one:n two:n three:n four five:bf six:d seven:b nine:bg ten:g',
      },
    ],
  },
  swift: {
    path: 'a.swift',
    file: (body) =>
      `${define((name) => `func ${name}(_ x: Int) -> Int { return x }`)}\nfunc start(_ x: Int) -> Int {\n${body}\n}\n`,
    cases: [
      {
        title: 'jumps to an outer loop',
        body: 'outer: for y in list { while x > 0 { if x > 1 { continue outer }\none(x) }\ntwo(x) }\nreturn three(x)',
        uses: 'one:gll two:gl three',
      },
      {
        title: 'branches and loops',
        body: 'if one(x) > 0 { two(x) } else if three(x) > 0 { four(x) } else { five(x) }\nfor y in list(six(x)) { seven(y) }\nwhile eight(x) > 0 { nine(x) }\nreturn ten(x)',
        uses: 'one two:b three:b four:bb five:bb six seven:l eight:l nine:l ten',
      },
      {
        title: 'closures, errors and guards',
        body: 'let f = { one(1) }\nlist.map { two($0) }\ndefer { three(x) }\nguard four(x) > 0 else { return five(x) }\ndo { try six(x) } catch { seven(x) }\nswitch x { case 1: eight(x)\n default: nine(x) }\nreturn y ?? ten(x)',
        uses: 'one:n two:n four five:b six:g seven:fg eight:bg nine:bg ten:bg three:d',
      },
    ],
  },
}

for (const [language, { path, file, from = 'start', cases }] of Object.entries(FIXTURES)) {
  describe(language, () => {
    for (const { title, body, uses } of cases)
      test(`${title}: where each call stands, in the order of their evaluation`, async () => {
        assert.equal(await contextsOf(path, file(body), from), uses, body)
      })
  })
}

/** What decides whether the guarded calls of a function run, in order. */
async function guardsIn(path: string, text: string): Promise<string[]> {
  const inventory = await inventoryOf({ [path]: text })
  const { occurrences } = await analyse(inventory, { signal: new AbortController().signal, onProgress: () => {} })
  return occurrences
    .usesIn(`${path}#start`)
    .flatMap((use) => occurrences.blocksAround(use))
    .map(({ startLine, endLine, heads = [] }) =>
      [
        `${startLine}-${endLine}`,
        ...heads.map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`.trim()),
      ].join(', '),
    )
}

test('an exit that nothing follows does not decide whether code before it runs', async () => {
  const go = 'package a\nfunc one() {}\nfunc start(x int) {\nif x > 0 {\n return\n}\none()\nreturn\n}\n'
  assert.deepEqual(await guardsIn('a.go', go), ['7-8, unless x > 0'])
  const ts =
    'function one() {}\nexport function start(x) {\nif (x) return\none()\nif (x.y) return\nreturn\nfunction two() {}\n}\n'
  assert.deepEqual(await guardsIn('a.ts', ts), ['4-7, unless x, unless x.y'])
})

test('a block ends with its code, not with the lines below', async () => {
  const text = 'package a\nfunc one() {}\nfunc start(x int) {\nswitch x {\ncase 1:\n one()\n\ncase 2:\n}\n}\n'
  assert.deepEqual(await guardsIn('a.go', text), ['5-6, subject switch x, case case 1'])
})

test('an instance variable that is set outside of methods leaves the blocks around its value', async () => {
  const text =
    'def one; end\ndef two; end\ndef three; end\nbefore do\n  @a = one()\n  x = two()\n  @b ||= three() if @a\nend\n'
  assert.equal(await contextsOf('spec/a_spec.rb', text, ''), 'one:n two:n three:bbn')
})

test('the blocks around a decorated function do not count for its decorators', async () => {
  const text = 'import sys\ndef one(x): ...\nif one(1): sys.exit()\n@one(2)\ndef start(): ...\n'
  const inventory = await inventoryOf({ 'a.py': text })
  const { occurrences } = await analyse(inventory, { signal: new AbortController().signal, onProgress: () => {} })
  const [use, ...others] = occurrences.usesIn('a.py#start')
  assert.deepEqual([use?.kind, use?.line, use && occurrences.blocksAround(use), others], ['references', 4, [], []])
})
