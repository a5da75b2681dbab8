import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parametersOf, readParameters, receiverOf } from '#generate/signature-parameters.ts'
import { readValue } from '#generate/signature-values.ts'

test('parameters have a name, a type and a default in the form of each language', () => {
  const cases: [language: string, signature: string, expected: string[]][] = [
    [
      'typescript',
      'f(at: number, { a, b }: Options = {}, ...rest: string[]): void',
      ['at|number|', '{ a, b }|Options|{}', '...rest|string[]|'],
    ],
    ['python', 'def f(self, a, *, b: int = 1, **c: t.Any) -> str', ['a||', 'b|int|1', '**c|t.Any|']],
    ['go', 'func (m *Mux) f(a, b string, h ...http.Handler) error', ['a|string|', 'b|string|', 'h|...http.Handler|']],
    ['go', 'func f(in <-chan int, out chan<- []byte)', ['in|<-chan int|', 'out|chan<- []byte|']],
    ['go', 'f([]byte, chan int, [4]string, error)', ['|[]byte|', '|chan int|', '|[4]string|', '|error|']],
    ['java', 'static <E> List<E> f(final Map<K, V> of, int... rest)', ['of|Map<K, V>|', 'rest|int...|']],
    ['php', 'public function f(?string $a = null, string ...$b): self', ['$a|?string|null', '...$b|string|']],
    [
      'php',
      "function f(string $a = ', and ', string $b = 'it\\'s, \"so\"', int $c = 1)",
      ["$a|string|', and '", `$b|string|'it\\'s, "so"'`, '$c|int|1'],
    ],
    ['rust', "fn f<'a>(s: Cow<'a, str>, at: Pair<'a, 'a>) -> char", ["s|Cow<'a, str>|", "at|Pair<'a, 'a>|"]],
    ['rust', "fn f(&mut self, mut at: usize, s: &'a str) -> bool", ['at|usize|', "s|&'a str|"]],
    [
      'c',
      'int f(const char *name, int at[4], void (*done)(int))',
      ['name|const char *|', 'at|int[4]|', 'done|void (*)(int)|'],
    ],
    ['ruby', 'def f(a, b = 1, key: 2, &block)', ['a||', 'b||1', 'key:||2', '&block||']],
  ]
  for (const [language, signature, expected] of cases) {
    const found = readParameters(signature, 'f', language) ?? []
    assert.deepEqual(
      found.map((one) => `${one.name}|${one.type}|${one.default}`),
      expected,
      language,
    )
  }
})

test('what has no name has no parameters', () => {
  assert.equal(readParameters('int f(int a)', '', 'cpp'), null)
})

test('a value has a type and what it is set to', () => {
  assert.deepEqual(readValue('readonly limit: number = 4', 'limit', 'typescript'), {
    type: 'readonly number',
    value: '4',
    isOptional: false,
  })
  for (const modifiers of ['', 'readonly ', 'static ', 'public readonly ', 'protected '])
    for (const name of ['a', 'd', 'on', 'ro'])
      assert.equal(readValue(`${modifiers}${name}?: number`, name, 'typescript')?.isOptional, true, modifiers + name)
  assert.equal(readValue('readonly deps: readonly string[]', 'deps', 'typescript')?.type, 'readonly string[]')
  assert.deepEqual(readValue('pool *sync.Pool', 'pool', 'go'), { type: '*sync.Pool', value: '', isOptional: false })
  assert.deepEqual(readValue('private static final int MAX = 8', 'MAX', 'java'), {
    type: 'private static final int',
    value: '8',
    isOptional: false,
  })
  assert.deepEqual(readValue('protected $name = []', 'name', 'php'), {
    type: 'protected',
    value: '[]',
    isOptional: false,
  })
  assert.equal(readValue('attr_reader :name', 'name', 'ruby'), null)
  assert.deepEqual(readValue("op: '=' | '!=' | '<' = '='", 'op', 'typescript'), {
    type: "'=' | '!=' | '<'",
    value: "'='",
    isOptional: false,
  })
  assert.equal(readValue("word: Pair<'a, 'b> = Pair<'a>", 'word', 'rust')?.value, "Pair<'a>")
  assert.equal(readValue('public Color Color;', 'Color', 'csharp')?.type, 'Color')
  assert.equal(readValue('public Color Color { get; set; } = Color.Red;', 'Color', 'csharp')?.type, 'Color')
  assert.equal(readValue('struct node *node;', 'node', 'c')?.type, 'struct node *')
  assert.equal(readValue('void (*free)(void *)', 'free', 'c')?.type, 'void (*)(void *)')
  assert.equal(readValue('struct timeval timeval', 'timeval', 'c')?.type, 'struct timeval')
  assert.equal(readValue('int Color = Color.Red', 'Color', 'java')?.type, 'int')
  assert.equal(readValue('node: node', 'node', 'typescript')?.type, 'node')
  assert.equal(readValue('x', '', 'java'), null)
})

test('words that make a property of a parameter are no type', () => {
  assert.deepEqual(
    readParameters('__construct(public readonly string $name, private $size = 1)', '__construct', 'php'),
    [
      { name: '$name', type: 'string', default: '' },
      { name: '$size', type: '', default: '1' },
    ],
  )
})

test('parameters of Go without names are types', () => {
  const read = (list: string): unknown => readParameters(`Set${list}`, 'Set', 'go')
  assert.deepEqual(read('(Key, any)'), [
    { name: '', type: 'Key', default: '' },
    { name: '', type: 'any', default: '' },
  ])
  assert.deepEqual(read('(key Key, value any)'), [
    { name: 'key', type: 'Key', default: '' },
    { name: 'value', type: 'any', default: '' },
  ])
  assert.deepEqual(read('(a, b int)'), [
    { name: 'a', type: 'int', default: '' },
    { name: 'b', type: 'int', default: '' },
  ])
})

test('shifts and comparisons in a default value are not brackets', () => {
  assert.deepEqual(parametersOf('void f(int flags = 1 << 4, int rest)', 'f'), ['int flags = 1 << 4', 'int rest'])
  assert.deepEqual(parametersOf('void f(int size = N >> 1, int rest)', 'f'), ['int size = N >> 1', 'int rest'])
  assert.deepEqual(parametersOf('function f(a, b = a >= 3, c = a <= 3)', 'f'), ['a', 'b = a >= 3', 'c = a <= 3'])
  assert.deepEqual(parametersOf('fn f(a: Vec<<T as Iterator>::Item>, b: u8)', 'f'), [
    'a: Vec<<T as Iterator>::Item>',
    'b: u8',
  ])
})

test('the receiver of an extension function may be a function type', () => {
  assert.equal(receiverOf('fun ((Int) -> Unit).repeat(times: Int)', 'repeat'), '((Int) -> Unit)')
})
