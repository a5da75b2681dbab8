/**
 * The elements, attributes and URL schemes allowed in a rendered page: GitHub's list, with the classes that docspool adds and
 * fewer schemes. Everything else is removed in the last step.
 */

import { defaultSchema, type Schema } from 'hast-util-sanitize'

const defaults = defaultSchema.attributes ?? {}

export const SCHEMA: Schema = {
  ...defaultSchema,
  // Ids are our own slugs; a prefix would break the links to them.
  clobberPrefix: '',
  tagNames: [
    ...(defaultSchema.tagNames ?? []).filter((name) => name !== 'picture' && name !== 'source'),
    'figure',
    'figcaption',
  ],
  attributes: {
    ...defaults,
    a: [
      ...(defaults.a ?? []).filter((rule) => rule[0] !== 'className'),
      ['className', 'anchor', 'data-footnote-backref'],
      'rel',
    ],
    code: [['className', 'hljs', 'one-line', /^language-./]],
    details: [['className', 'diagram-source', 'diagram-boxes', 'usage'], ['name', /^tabs-[0-9]{1,4}$/], 'open'],
    div: [['className', 'table-box', 'heading', /^heading-[1-6]$/, 'tabs', 'callout', /^callout-[a-z]+$/]],
    figure: [['className', 'diagram']],
    // Images with other URLs have already been removed; see `links.ts`.
    img: [['src', /^picture-[0-9a-fx-]+\.(?:png|jpg|gif|webp)$/], 'alt', 'width', 'height', ['loading', 'lazy']],
    p: [['className', 'callout-title']],
    span: [['className', /^hljs-[a-z_-]+$/, /^[a-z]+_+$/]],
  },
  protocols: { ...defaultSchema.protocols, href: ['http', 'https', 'mailto'] },
}
