/** Definitions as users write them: entities, event sources, feature views and feature services. */
@NullMarked
package io.freshet.definition;

import org.jspecify.annotations.NullMarked;
