import assert from 'node:assert/strict'
import { test } from 'node:test'
import { c } from '#generate/analyse/languages/c/c.ts'
import { ConditionalReader } from '#generate/analyse/languages/c-family/conditionals.ts'
import { hideConditionals } from '#generate/analyse/languages/c-family/hide-conditionals.ts'
import { cpp } from '#generate/analyse/languages/cpp/cpp.ts'
import { analyseTexts } from './analyse-texts.ts'

/** The lines that are left, without spaces at their ends and without empty ones. */
function leftOf(text: string, isC = true): string[] {
  const { text: left } = hideConditionals(text, isC)
  assert.equal(left.length, text.length)
  return left
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
}

test('a conditional of whole statements or declarations stays as it is', () => {
  for (const text of [
    '#ifndef A_H\n#define A_H\nint f(void);\n#endif\n',
    '#ifdef A\nint f(int a) { return (a); }\n#else\nint f(long a) { return ((a)); }\n#endif\n',
    'int f(int a) {\n#ifdef A\n  a++;\n#elif defined(B)\n  if (a) g();\n#else\n#error "don\'t"\n#endif\n  return a;\n}\n',
    'BEGIN_DECLS\n#ifdef A\nATTRIBUTE\n#else\nOTHER(x)\n#endif\nint f(void);\n',
    'switch (a) {\n#ifdef A\ncase 1:\n#else\ncase 2:\n#endif\n  f();\n}\n',
    '#define A 1 /* a (\n { */\n#ifdef B\nint a;\n#else\nint b;\n#endif\n',
    'const char *a = R"x(\n#if ( )x";\n#if A\nint b = 1\'000;\n#else\nint c;\n#endif\n',
    "char a = u8'\"', b = 0xF'F; /* { */\n#if A\nint c;\n#else\nint d;\n#endif\n",
    "#define A '\"' /* a\n{ */\n#if B\nint c;\n#else\nint d;\n#endif\n",
    "int f(int a) {\n#if A\n  g(u8'(');\n#else\n  h();\n#endif\n}\n",
  ])
    assert.equal(hideConditionals(text, true).text, text)
})

test('a comment begins neither in a string nor in a comment of a directive', () => {
  const rest = '\nint f(\n#else\nint g(\n#endif\nint x) {}\n/* end */\n'
  for (const head of ['#define ALL "src/*"\n#if A', '#if A // as src/*'])
    assert.deepEqual(leftOf(head + rest).slice(-3), ['int f(', 'int x) {}', '/* end */'], head)
})

test('what is inside of `#if 0` does not exist, however long it is', async () => {
  const text = `/* Traces. */\n#if 0\nFILE *out = 0;\n#define trace(x) f(x)\n${'int unused;\n'.repeat(400)}#else\n#define trace(x)\n#endif\n#if 1\nint used;\n#elif 0\nint never;\n#endif\n`
  assert.deepEqual(leftOf(text), [
    '/* Traces. */',
    ...['#if 0', '#else', '#define trace(x)', '#endif', '#if 1', 'int used;', '#elif 0', '#endif'],
  ])
  const { analysis } = await analyseTexts([c], { 'a.c': text })
  assert.deepEqual(
    analysis.components.map(({ id, startLine }) => `${id} ${startLine}`),
    ['a.c#trace 406', 'a.c#used 409'],
  )
})

test('pieces of lists, declarators and expressions lose the lines around them, of several the first stays', () => {
  assert.deepEqual(leftOf('f(a\n#if A\n  , b\n#else\n  , c\n#endif\n);\n'), ['f(a', '  , b', ');'])
  assert.deepEqual(leftOf('int a =\n#ifdef A\n  1;\n#else\n  2;\n#endif\n'), ['int a =', '  1;'])
  assert.deepEqual(leftOf('class A\n#ifdef B\n  : public B\n#endif\n{};\n'), ['class A', '  : public B', '{};'])
  assert.deepEqual(leftOf('bool a = b\n#if A\n  || c\n#endif\n  ;\n'), ['bool a = b', '  || c', '  ;'])
  assert.deepEqual(leftOf('#if A\nint f(int a)\n#else\nint f()\n#endif\n{\n}\n'), ['int f(int a)', '{', '}'])
  assert.deepEqual(leftOf('int f()\n#if A\n{ a(); }\n#else\n{ b(); }\n#endif\n'), ['int f()', '{ a(); }'])
  assert.deepEqual(leftOf('if (a)\n#if A\n  f();\n#else\n  g();\n#endif\n'), ['if (a)', '  f();'])
  assert.deepEqual(leftOf('#if 0\nif (a)\n#else\nif (b)\n#endif\n{ c(); }\n'), ['if (b)', '{ c(); }'])
  assert.deepEqual(leftOf('T a[] = {\n#if A\n  {1},\n#else\n  {2},\n#endif\n};\n'), [
    'T a[] = {',
    '  {1},',
    '  {2},',
    '};',
  ])
})

test('a branch that leaves a bracket open, or closes one, is no whole', () => {
  assert.deepEqual(leftOf('#ifdef A\nif (x) {\n#else\nif (y) {\n#endif\n  f();\n#ifdef A\n} else {\n#endif\n}\n'), [
    'if (x) {',
    '  f();',
    '} else {',
    '}',
  ])
  const linkage = '#ifdef __cplusplus\nextern "C"\n{\n#endif\nint f(void);\n#ifdef __cplusplus\n}\n#endif\n'
  assert.deepEqual(leftOf(linkage), ['int f(void);'])
  assert.deepEqual(leftOf(linkage, false), ['extern "C"', '{', 'int f(void);', '}'])
})

test('what is hidden of a conditional still uses the names of its condition', () => {
  const text = 'f(a\n#if LEVEL > 2 && !defined(OTHER) // MORE\n  , b\n#endif\n);\n'
  const { refs } = hideConditionals(text, true)
  assert.deepEqual(
    refs.map(({ start, end }) => text.slice(start, end)),
    ['LEVEL'],
  )
})

test('classes behind a list of initialisers with a conditional are no members', async () => {
  const { analysis, from } = await analyseTexts([cpp], {
    'a.cc': `class Base {};
class Limiter {
 public:
  Limiter(int most)
      :
#if !defined(NDEBUG)
        most_(most),
#endif  // !defined(NDEBUG)
        left_(most) {
    check();
  }
 private:
#if !defined(NDEBUG)
  const int most_;
#endif
  int left_;
};
class Other : public Base { void run(); };
`,
  })
  assert.deepEqual(
    analysis.components.map(({ id }) => id),
    [
      'a.cc#Base',
      'a.cc#Limiter',
      'a.cc#Limiter.Limiter',
      'a.cc#Limiter.most_',
      'a.cc#Limiter.left_',
      'a.cc#Other',
      'a.cc#Other.run',
    ],
  )
  assert.ok(from('a.cc#Other').includes('a.cc#Other -extends-> a.cc#Base (same-file)'))
})

test('functions behind a block that two branches open are not lost', async () => {
  const { analysis, from } = await analyseTexts([c], {
    'a.c': `static int help(int a) { return a; }
int first(int a) {
#ifdef A
  if (a) {
#else
  if (!a) {
#endif
    return help(a);
  }
  return call(a,
#ifdef A
    1
#else
    2
#endif
  );
}
int second(int a) { return help(a); }
`,
  })
  assert.deepEqual(
    analysis.components.map(({ id }) => id),
    ['a.c#help', 'a.c#first', 'a.c#second'],
  )
  assert.deepEqual(from('a.c#second'), ['a.c#second -calls-> a.c#help (same-file)'])
})

test('conditionals and brackets in each other without end are left as they are', () => {
  for (const text of [
    `#if A ${'/* '.repeat(300_000)}\n`,
    '#if A\n'.repeat(100_000),
    `${'('.repeat(100_000)}\n#if A\n, b\n#endif\n`,
  ]) {
    assert.equal(hideConditionals(text, true).text, text)
  }
})

/** A text that counts the characters that are read one by one, and the searches. */
class Counted extends String {
  read = 0
  searches = 0
  override charCodeAt(at: number): number {
    this.read++
    return super.charCodeAt(at)
  }
  override indexOf(part: string, from?: number): number {
    this.searches++
    return super.indexOf(part, from)
  }
}

test('quotes that are not closed in their line are searched for once', () => {
  for (const line of [`${'\\"'.repeat(4_000)}`, `${"\\'".repeat(4_000)}`, `${'\\"\\\''.repeat(2_000)}`]) {
    const text = new Counted(`${line}\n#if A\n"(\\"("\n#endif\n`)
    const { found } = new ConditionalReader(text as unknown as string, true)
    assert.ok(text.read < 8 * text.length, `${text.read} of ${text.length}`)
    assert.equal(found[0]?.branches[0]?.isBalanced, true)
  }
})

test('few of many raw strings that are not closed are searched for', () => {
  const lines = Array.from({ length: 2_000 }, (_, index) => `R"m${index}(\n`)
  const text = new Counted(`R"a(\n#if A\n)a";\n${lines.join('')}`)
  assert.deepEqual(new ConditionalReader(text as unknown as string, false).found, [])
  assert.ok(text.searches < 200, `${text.searches}`)
})
