package io.hypha.rpc.java;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tables of two columns in the documentation, and values as they stand there. */
final class DocumentedTable {
    private DocumentedTable() {}

    /** The rows of the table with that head: the second column by the first. */
    static Map<String, String> read(String file, String head) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("../docs", file));
        Map<String, String> rows = new LinkedHashMap<>();
        for (String line : lines.subList(lines.indexOf(head) + 2, lines.size())) {
            if (!line.startsWith("| ")) {
                break;
            }
            String[] cells = line.substring(2, line.length() - 2).split(" \\| ", 2);
            rows.put(cells[0], cells[1]);
        }
        return rows;
    }

    static String json(Object value) {
        if (value instanceof Map) {
            return ((Map<?, ?>) value)
                    .entrySet().stream()
                            .map(entry -> json(entry.getKey()) + ": " + json(entry.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
        } else if (value instanceof List) {
            return ((List<?>) value).stream().map(DocumentedTable::json).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    }
}
