/** CEL expressions over an event's columns, typed when a definition is bound, within set limits. */
@NullMarked
package io.freshet.expression;

import org.jspecify.annotations.NullMarked;
