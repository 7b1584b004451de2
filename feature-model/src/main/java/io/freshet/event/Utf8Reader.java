package io.freshet.event;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * Reads records whose texts keep their bytes, whatever class a schema asks for: only the bytes tell
 * whether a text is well formed. Logical types are left as the numbers that they are. Thread-safe.
 */
final class Utf8Reader extends GenericDatumReader<GenericRecord> {
  Utf8Reader(Schema writer, Schema reader) {
    super(writer, reader, new GenericData().setFastReaderEnabled(false));
  }

  @Override
  protected Class<?> findStringClass(Schema schema) {
    return CharSequence.class;
  }
}
