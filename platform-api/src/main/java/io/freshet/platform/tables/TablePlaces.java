package io.freshet.platform.tables;

import java.util.Optional;

/** Where tables of users may be read and written. */
public interface TablePlaces {
  /**
   * The place as it is to be used, a URI in which links are followed: what was checked.
   *
   * @param path an absolute path of this machine, or a URI; nothing has to be there
   * @return empty if it is neither, or outside of all places
   */
  Optional<String> confined(String path);

  /** Where they are, for the one who named another. */
  String described();
}
