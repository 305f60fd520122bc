package io.hypha.rpc.benchmarks.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.core.buffer.ArrayBufferInput;

/**
 * The other side of every comparison: msgpack-core at its best, with one packer and one unpacker that are used again
 * and again, and the same plain values as ours.
 */
final class CoreCodec {
    final MessageBufferPacker packer = MessagePack.newDefaultBufferPacker();
    private final ArrayBufferInput input = new ArrayBufferInput(new byte[0]);
    private final MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(input);

    /** The unpacker, set to the start of {@code bytes}. */
    MessageUnpacker unpacker(byte[] bytes) throws IOException {
        input.reset(bytes);
        unpacker.reset(input);
        return unpacker;
    }

    byte[] encode(Object... values) throws IOException {
        packer.clear();
        for (Object value : values) {
            write(value);
        }
        return packer.toByteArray();
    }

    // Final classes first, as in our own writer: the order decides how fast this is.
    void write(Object value) throws IOException {
        if (value == null) {
            packer.packNil();
        } else if (value instanceof String) {
            packer.packString((String) value);
        } else if (value instanceof Long) {
            packer.packLong((Long) value);
        } else if (value instanceof Double) {
            packer.packDouble((Double) value);
        } else if (value instanceof Boolean) {
            packer.packBoolean((Boolean) value);
        } else if (value instanceof byte[]) {
            byte[] bytes = (byte[]) value;
            packer.packBinaryHeader(bytes.length);
            packer.writePayload(bytes);
        } else if (value instanceof Map) {
            writeMap((Map<?, ?>) value);
        } else {
            List<?> list = (List<?>) value;
            packer.packArrayHeader(list.size());
            for (Object element : list) {
                write(element);
            }
        }
    }

    private void writeMap(Map<?, ?> map) throws IOException {
        packer.packMapHeader(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            packer.packString((String) entry.getKey());
            write(entry.getValue());
        }
    }

    /** The next value of {@code from}, whatever it is. */
    static Object read(MessageUnpacker from) throws IOException {
        switch (from.getNextFormat().getValueType()) {
            case NIL:
                from.unpackNil();
                return null;
            case STRING:
                return from.unpackString();
            case INTEGER:
                return from.unpackLong();
            case FLOAT:
                return from.unpackDouble();
            case BOOLEAN:
                return from.unpackBoolean();
            case BINARY:
                return from.readPayload(from.unpackBinaryHeader());
            case MAP:
                return readMap(from);
            case ARRAY:
                return readList(from);
            default:
                throw new IOException("an extension");
        }
    }

    private static Map<String, Object> readMap(MessageUnpacker from) throws IOException {
        int count = from.unpackMapHeader();
        Map<String, Object> map = new LinkedHashMap<>(count * 4 / 3 + 1);
        for (int i = 0; i < count; i++) {
            map.put(from.unpackString(), read(from));
        }
        return map;
    }

    private static List<Object> readList(MessageUnpacker from) throws IOException {
        int count = from.unpackArrayHeader();
        List<Object> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(read(from));
        }
        return list;
    }
}
