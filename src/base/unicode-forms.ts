/**
 * Unicode normalisation in linear time: the only place that calls `normalize` (`test/regexes` checks that).
 *
 * ICU sorts a run of combining marks by insertion, so a run of 100,000 takes seconds in one native call, which no time
 * limit can interrupt. No language writes more than a few on one letter.
 */

/** Maximum number of combining marks in a row, from the Stream-Safe Text Format (UAX #15, section 13). */
export const MAX_MARKS = 30
/** Combining marks, and the two half-width letters that NFKC replaces by combining marks. */
const LONG_RUN = new RegExp(`([\\p{M}\\uff9e\\uff9f]{${MAX_MARKS}})[\\p{M}\\uff9e\\uff9f]+`, 'gu')

/** The text with at most `MAX_MARKS` combining marks in a row. */
export const boundMarks = (text: string): string => text.replace(LONG_RUN, '$1')

/** The text in a normalisation form, after `boundMarks`. */
export const normalise = (text: string, form: 'NFC' | 'NFD' | 'NFKC'): string => boundMarks(text).normalize(form)
