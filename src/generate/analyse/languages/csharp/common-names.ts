/** Method names of common .NET types: calling such a method on an unknown value proves nothing. */
export const commonNames: ReadonlySet<string> = new Set(
  `Add AddRange Aggregate All Any Append AppendLine AreEqual Assert Average BeginInvoke BinarySearch Cast Clear Clone Close
  Combine Compare CompareTo Complete Concat Contains ContainsKey Convert Copy CopyTo Count Create CreateInstance Delete Dequeue Dispose
  Distinct EndsWith EndInvoke Enqueue Enter Equals Except Exists Exit Fail Find FindAll First FirstOrDefault Flush ForEach Format Get
  GetBytes GetEnumerator GetHashCode GetName GetProperty GetString GetType GetValue GroupBy IndexOf Insert Invoke IsInstanceOfType
  IsMatch IsNullOrEmpty Join Last LastIndexOf LastOrDefault Load Lock Log Match Max Min MoveNext Next Open OrderBy Parse Peek Pop Push
  Range Read ReadAsync ReadByte ReadLine ReadToEnd Register Remove RemoveAt RemoveAll Replace Reset Reverse Run Save Seek Select
  SelectMany Send Sequence SequenceEqual Set SetValue Single SingleOrDefault Skip SkipWhile Sort Split Start StartsWith Stop Substring
  Sum Take TakeWhile Test Throws ToArray ToBoolean ToDictionary ToInt32 ToList ToLower ToString ToUpper Trim TryAdd TryGet TryGetValue
  TryParse Union Update Wait Where Write WriteAsync WriteLine Zip`.split(/\s+/),
)
