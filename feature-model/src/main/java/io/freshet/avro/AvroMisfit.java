package io.freshet.avro;

/**
 * Why a column cannot be taken from an Avro schema.
 *
 * @param part the field of the column's declaration that is to be corrected
 * @param reason the value, the reason and the remedy
 */
public record AvroMisfit(Part part, String reason) {
  /** A field of a column's declaration. */
  public enum Part {
    PATH("path"),
    TYPE("type"),
    OPTIONAL("optional");

    private final String field;

    Part(String field) {
      this.field = field;
    }

    /** Its name in a document. */
    public String field() {
      return field;
    }
  }
}
