import assert from 'node:assert/strict'
import { test } from 'node:test'
import { c } from '#generate/analyse/languages/c/c.ts'
import { go } from '#generate/analyse/languages/go/go.ts'
import { java } from '#generate/analyse/languages/java/java.ts'
import { php } from '#generate/analyse/languages/php/php.ts'
import { rust } from '#generate/analyse/languages/rust/rust.ts'
import { analyseTexts } from '../languages/analyse-texts.ts'

test('signatures keep strings as they are', async () => {
  const constant = 'BAD_RANGE(100, "The value {0} of the option {1} is out of range, it must lie between {2} and {3}")'
  const { analysis } = await analyseTexts([java, php], {
    'E.java': `enum E {\n  ${constant};\n  E(int n, String s) {}\n}\n`,
    'a.php': "<?php\nfunction wrap(string $t, string $open = '( ', string $close = ' )') { return $t; }\n",
  })
  const signatureOf = (name: string): string | undefined =>
    analysis.components.find((one) => one.name === name)?.signature
  assert.equal(signatureOf('BAD_RANGE'), constant)
  assert.match(signatureOf('wrap') ?? '', /\$open = '\( ', string \$close = ' \)'\)/)
})

test('a title or a plural above several values describes none of them', async () => {
  const { component } = await analyseTexts([c, go], {
    'a.c': 'struct s {\n  // internal context\n  int n;\n  int m;\n};\n',
    'a.h':
      '/* Find flags. Above 0xff nothing is found. */\n#define FIND_QUIET 1\n#define FIND_INDEX 2\n#define FIND_EXACT 4\n\n' +
      '/* Does not fail. */\n#define FLAG_FAIL 1\n#define FLAG_A 2\n#define FLAG_B 4\n\n' +
      '/* Two of a kind. */\n#define PAIR_A 1\n#define PAIR_B 2\n',
    'a.go':
      'package a\n\nvar (\n\t// The following are not complete.\n\tPPC = 1\n\tMIPS = 2\n\n\t// Time units\n\tHour = 3\n\tMinute = 4\n)\n',
  })
  assert.deepEqual([component('a.c#s.n').doc, component('a.c#s.m').doc], [null, null])
  const ofGo = ['PPC', 'MIPS', 'Hour', 'Minute'].map((name) => component(`a.go#${name}`).doc)
  assert.deepEqual(ofGo, [null, null, null, null])
  const ofMacros = ['FIND_QUIET', 'FIND_INDEX', 'FLAG_FAIL', 'PAIR_A'].map((name) => component(`a.h#${name}`).doc)
  assert.deepEqual(ofMacros, [null, null, 'Does not fail.', 'Two of a kind.'], 'a sentence above three or more')
})

test('a string of several lines is not joined to one line', async () => {
  const { component } = await analyseTexts([rust], {
    'src/lib.rs': 'pub const INIT: &str = "\\\n# a\n\nb:\n    c\n";\npub const NAME: &str = "a b";\n',
  })
  assert.equal(component('src/lib.rs#INIT').signature, 'pub const INIT: &str = …')
  assert.equal(component('src/lib.rs#NAME').signature, 'pub const NAME: &str = "a b"')
})
