import assert from 'node:assert/strict'
import { test } from 'node:test'
import { c } from '#generate/analyse/languages/c/c.ts'
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

test('a title covers the declarations below it, though it contains the letters of a name', async () => {
  const { component } = await analyseTexts([c], {
    'a.c': 'struct s {\n  // internal context\n  int n;\n  int m;\n};\n',
  })
  assert.equal(component('a.c#s.m').doc, 'internal context')
})

test('a string of several lines is not joined to one line', async () => {
  const { component } = await analyseTexts([rust], {
    'src/lib.rs': 'pub const INIT: &str = "\\\n# a\n\nb:\n    c\n";\npub const NAME: &str = "a b";\n',
  })
  assert.equal(component('src/lib.rs#INIT').signature, 'pub const INIT: &str = …')
  assert.equal(component('src/lib.rs#NAME').signature, 'pub const NAME: &str = "a b"')
})
