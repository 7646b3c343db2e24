package dev.jetway.server.registry.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Documents in JSON from other machines, read strictly (RFC 8259). */
public final class Json {
    /** Maximum depth of objects and lists. */
    static final int MAX_DEPTH = 64;

    private Json() {}

    /**
     * The object that a document is.
     *
     * @param thing what it is, for the message if it is none
     */
    public static JsonObject object(byte[] document, String thing) throws RegistryException {
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(document))
                            .toString();
            var reader = new JsonReader(new StringReader(text));
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(MAX_DEPTH);
            JsonElement all = JsonParser.parseReader(reader);
            if (all.isJsonObject() && reader.peek() == JsonToken.END_DOCUMENT) {
                return all.getAsJsonObject();
            }
        } catch (JsonParseException | CharacterCodingException e) {
            throw new RegistryException(thing + " is not JSON, or nested too deep");
        } catch (IOException e) {
            throw new RegistryException(thing + " is not one document of JSON");
        }
        throw new RegistryException(thing + " is not an object of JSON");
    }

    /** A text in an object; empty if there is none, or another value. */
    public static Optional<String> text(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive value && value.isString()
                ? Optional.of(value.getAsString())
                : Optional.empty();
    }

    /** A whole number that is not negative; empty if there is none, or another value. */
    public static OptionalLong count(JsonObject object, String name) {
        if (object.get(name) instanceof JsonPrimitive value
                && value.isNumber()
                && value.getAsString().matches("[0-9]{1,18}")) {
            return OptionalLong.of(Long.parseLong(value.getAsString()));
        }
        return OptionalLong.empty();
    }

    /** An object in an object. */
    public static Optional<JsonObject> child(JsonObject object, String name) {
        return object.get(name) instanceof JsonObject child ? Optional.of(child) : Optional.empty();
    }

    /** The objects of a list; empty if there is no list, or one with other values. */
    public static Optional<List<JsonObject>> children(JsonObject object, String name) {
        if (!(object.get(name) instanceof JsonArray list)) {
            return Optional.empty();
        }
        var children = new ArrayList<JsonObject>();
        for (JsonElement element : list) {
            if (!(element instanceof JsonObject child)) {
                return Optional.empty();
            }
            children.add(child);
        }
        return Optional.of(children);
    }
}
