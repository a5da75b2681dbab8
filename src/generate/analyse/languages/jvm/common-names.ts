/** Method names of the standard libraries: calling such a method on an unknown value proves nothing. */
export const commonNames: ReadonlySet<string> = new Set(
  `add addAll all any append apply accept asSequence boolean buffer build call clear clone close collect compareTo compute contains
  containsKey containsValue copy copyOf count create delete drop empty entries entrySet equals error execute exists exit fill filter
  find first firstOrNull flatMap flush fold forEach format get getAndSet getBytes getClass getKey getMessage getName getOrDefault
  getType getValue group hasNext hashCode head indexOf init insert intern invoke isDirectory isEmpty isFile isInstance isNotEmpty
  iterator join joinToString key keySet keys last lastIndexOf length let limit lines list load lock log map mapOf match matches max
  merge min name newInstance next none notify now of offer parse peek poll pop position print println push put putAll read readLine
  reduce register release remove removeAll replace reset resolve reverse rewind run save send set setName size skip slice sort
  sorted split start startsWith stop stream submit substring sum synchronized tail take test then toArray toByteArray toInt toList
  toLong toLowerCase toMap toString toUpperCase trim and or xor shl shr ushr inv to until downTo step plus minus times div rem rangeTo
  toByte toShort toFloat toDouble toChar unlock update use value valueOf values wait with write writeTo`.split(/\s+/),
)
