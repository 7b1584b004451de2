/** The Delta tables of the warehouse: where they are, how they are made and committed to. */
@NullMarked
package io.freshet.batch.table;

import org.jspecify.annotations.NullMarked;
