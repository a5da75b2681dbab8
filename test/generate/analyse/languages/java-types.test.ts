import assert from 'node:assert/strict'
import { test } from 'node:test'
import { java } from '#generate/analyse/languages/java/java.ts'
import { analyseTexts } from './analyse-texts.ts'

/** What a statement calls of `Money`; overloads are numbered in order. */
async function calls(statement: string): Promise<string[]> {
  const money = `package a;
public class Money implements Provider {
  public Money plus(Money other) { return this; }
  public Money plus(double other) { return this; }
  public Money plus(long other, String why) { return this; }
  public Money plus(Object other, char why) { return this; }
  public static Money total(Provider... monies) { return null; }
  public static Money total(Iterable<? extends Provider> monies) { return null; }
  public String name() { return ""; }
}
`
  const { from } = await analyseTexts([java], {
    'a/Money.java': money,
    'a/Provider.java': 'package a; public interface Provider { }\n',
    'a/T.java': `package a;
import java.math.BigDecimal;
class T {
  Money own() { return null; }
  void t(String text, Money[] many, Money... rest) { ${statement} }
}
`,
  })
  return from('a/T.java#T.t')
    .filter((edge) => edge.includes('-calls-> a/Money.java#'))
    .map((edge) => edge.replace(/^.*-calls-> a\/Money.java#Money\.([\w~]+) .*$/, '$1'))
}

test('var has the type of its value, an element that of its array', async () => {
  assert.deepEqual(await calls('var a = new Money(); a.plus(-2.5d);'), ['plus~2'])
  assert.deepEqual(await calls('var a = this.own(); a.plus(own());'), ['plus'])
  assert.deepEqual(await calls('var a = rest[0]; a.plus(1, text.substring(0, 3));'), ['plus~3'])
  assert.deepEqual(await calls('for (var a : many) a.plus(a.name(), text.charAt(1));'), ['name', 'plus~4'])
  assert.deepEqual(await calls('var a = many[0]; var b = a.plus(2); b = b.plus(a);'), ['plus', 'plus~2'])
})

test('an array stands for several values, and for no Iterable', async () => {
  assert.deepEqual(await calls('Money.total(many);'), ['total'])
  assert.deepEqual(await calls('var a = new Money[] {}; Money.total(a);'), ['total'])
  assert.deepEqual(await calls('Money.total(rest);'), ['total'])
  assert.deepEqual(await calls('var a = new java.util.ArrayList<Money>(); Money.total(a);'), ['total~2'])
})
